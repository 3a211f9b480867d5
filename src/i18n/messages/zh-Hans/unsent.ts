export const unsent = {
  'unsent.circle': '群组已不存在，或你已不能再向它发送。请选择群组，再发送一次。',
  'unsent.form': '没有收到回应。可能已经完成，也可能没有。请返回上一页，先看一看，再试一次。',
  'unsent.sign-in': '用代码登录后会发出。',
} as const;
