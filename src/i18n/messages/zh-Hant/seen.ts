export const seen = {
  'seen.reached': '已送達 {count} 人的手機',
  'seen.seen': '{count} 人已看到',
  'seen.unconfirmed': '還沒有任何手機確認收到。請撥打 {number}。',
  'seen.by': '已看到：{names}',
  'seen.settings.title': '已看到',
  'seen.settings.all': '顯示誰看過狀態',
  'seen.settings.explain':
    '看過你狀態的人會顯示給你，你看過的也會顯示給對方。關閉後，別人不知道你看過什麼，你也不知道別人是否看過。',
  'seen.settings.circles': '在哪些群組裡',
} as const;
