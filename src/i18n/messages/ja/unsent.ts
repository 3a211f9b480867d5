export const unsent = {
  'unsent.circle': 'グループがなくなったか、もう送れないグループです。グループを選んで、もう一度送ってください。',
} as const;
