export const outside = {
  'outside.join': '您正在 {app} 里。在这里加入的话，{browser} 不会认识您，也收不到通知。建议先用 {browser} 打开本页。',
  'outside.alerts': '在 {app} 里收不到通知。请用 {browser} 打开 Buji，并在那里开启通知。',
  'outside.open': '用 {browser} 打开',
  'outside.menu': '菜单 {sign}：选择“用默认浏览器打开”或“用外部浏览器打开”。',
  'outside.code': '如果 {browser} 还不认识您：请先在这里生成代码并复制，再到那里用它登录。',
} as const;
