export const unsent = {
  'unsent.circle': 'グループがなくなったか、もう送れないグループです。グループを選んで、もう一度送ってください。',
  'unsent.form': '送れなかったか、応答が届きませんでした。前の画面に戻って、もう一度試してください。',
  'unsent.sign-in': 'コードでサインインすると送ります。',
} as const;
