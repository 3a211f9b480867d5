export const unsent = {
  'unsent.circle': '群組已不存在，或你已不能再傳送給它。請選擇群組，再傳送一次。',
  'unsent.form': '沒有傳送成功，或沒有收到回應。請返回上一頁再試一次。',
  'unsent.sign-in': '用代碼登入後就會送出。',
} as const;
