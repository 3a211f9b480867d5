export const offline = {
  'offline.asking': '以下是 {time} 的內容。正在查詢最新內容…',
  'offline.fresh': '這是最新內容。',
  'offline.newer': '內容有變化：顯示最新內容',
  'outbox.waiting.open': '{time} 已存在這支手機上，尚未傳送。請不要關閉 Buji，或重新開啟它，屆時會傳送。',
  'outbox.retracting': '已在這支手機上收回。一有網路連線，所有人都不會再看到。',
  'outbox.retracted': '已收回。所有人都不會再看到。',
  'outbox.count': '這支手機上等待傳送：{count} 則',
  'outbox.again': '{time} 已傳送，但有個狀態板上沒有了。會再次傳送。',
} as const;
