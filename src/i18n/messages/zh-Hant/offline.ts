export const offline = {
  'offline.title': '連不上 Buji',
  'offline.text': '可能是這支手機沒有網路連線，也可能是 Buji 沒有回應。這個頁面沒有存在這支手機上。請稍後再開啟。',
  'offline.copy': '沒有網路連線。以下是 {time} 的內容。',
  'offline.busy': 'Buji 暫時沒有回應。以下是 {time} 的內容。',
  'offline.asking': '以下是 {time} 的內容。正在查詢最新內容…',
  'offline.fresh': '這是最新內容。',
  'offline.newer': '內容有變化：顯示最新內容',
} as const;
