export const unsent = {
  'unsent.circle': '群组已不存在，或你已不能再向它发送。请选择群组，再发送一次。',
} as const;
