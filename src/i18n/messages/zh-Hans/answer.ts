export const answer = {
  'answer.nothing-sent': '只打开本页不会发送任何内容。',
  'answer.already': '你已经回复过，可以再次发送。',
  'answer.board': '打开{circle}的状态板',
} as const;
