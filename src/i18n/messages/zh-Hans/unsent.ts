export const unsent = {
  'unsent.circle': '群组已不存在，或你已不能再向它发送。请选择群组，再发送一次。',
  'unsent.form': '没有发送成功，或没有收到回应。请返回上一页再试一次。',
  'unsent.sign-in': '用代码登录后会发出。',
} as const;
