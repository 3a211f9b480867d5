export const outside = {
  'outside.join': '您正在 {app} 裡。在這裡加入的話，{browser} 不會認得您，也收不到通知。建議先用 {browser} 打開本頁。',
  'outside.alerts': '在 {app} 裡收不到通知。請用 {browser} 打開 Buji，並在那裡開啟通知。',
  'outside.open': '用 {browser} 打開',
  'outside.menu': '選單 {sign}：選擇「用預設瀏覽器打開」或「用外部瀏覽器打開」。',
  'outside.code': '如果 {browser} 還不認得您：請先在這裡產生代碼並複製，再到那裡用它登入。',
} as const;
