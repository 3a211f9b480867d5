export const unsent = {
  'unsent.circle': '群組已不存在，或你已不能再傳送給它。請選擇群組，再傳送一次。',
  'unsent.form': '沒有收到回應。可能已經完成，也可能沒有。請返回上一頁，先看一看，再試一次。',
  'unsent.sign-in': '用代碼登入後就會送出。',
} as const;
