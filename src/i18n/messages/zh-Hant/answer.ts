export const answer = {
  'answer.nothing-sent': '只打開本頁不會傳送任何內容。',
  'answer.already': '你已經回覆過，可以再次傳送。',
  'answer.board': '打開{circle}的狀態板',
} as const;
