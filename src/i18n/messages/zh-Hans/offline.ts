export const offline = {
  'offline.asking': '以下是 {time} 的内容。正在查询最新内容…',
  'offline.fresh': '这是最新内容。',
  'offline.newer': '内容有变化：显示最新内容',
  'outbox.waiting.open': '{time} 已保存在这部手机上，尚未发送。请不要关闭 Buji，或重新打开它，届时会发送。',
  'outbox.retracting': '已在这部手机上撤回。一有网络连接，所有人都不会再看到。',
  'outbox.retracted': '已撤回。所有人都不会再看到。',
  'outbox.count': '这部手机上等待发送：{count} 条',
  'outbox.again': '{time} 已发送，但有个状态板上没有了。会再次发送。',
} as const;
