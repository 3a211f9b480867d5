export const answer = {
  'answer.nothing-sent': 'このページを開いただけでは、何も送られません。',
  'answer.already': 'すでに返事をしています。もう一度送ることもできます。',
  'answer.board': '{circle}のボードを開く',
} as const;
