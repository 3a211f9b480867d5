export const offline = {
  'offline.title': '连不上 Buji',
  'offline.text': '可能是这部手机没有网络连接，也可能是 Buji 没有响应。此页面没有保存在这部手机上。请稍后再打开。',
  'offline.copy': '没有网络连接。以下是 {time} 的内容。',
  'offline.busy': 'Buji 暂时没有响应。以下是 {time} 的内容。',
  'offline.asking': '以下是 {time} 的内容。正在查询最新内容…',
  'offline.fresh': '这是最新内容。',
  'offline.newer': '内容有变化：显示最新内容',
} as const;
