export const seen = {
  'seen.reached': '已送达 {count} 人的手机',
  'seen.seen': '{count} 人已看到',
  'seen.unconfirmed': '还没有任何手机确认收到。请拨打 {number}。',
  'seen.by': '已看到：{names}',
  'seen.settings.title': '已看到',
  'seen.settings.all': '显示谁看过状态',
  'seen.settings.explain':
    '看过你状态的人会显示给你，你看过的也会显示给对方。关闭后，别人不知道你看过什么，你也不知道别人是否看过。',
  'seen.settings.circles': '在哪些群组里',
} as const;
