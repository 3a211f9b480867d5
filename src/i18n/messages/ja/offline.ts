export const offline = {
  'offline.title': 'Buji につながりません',
  'offline.text':
    'この端末がネットにつながっていないか、Buji が応答していません。このページはこの端末に保存されていません。しばらくしてから、もう一度開いてください。',
  'offline.copy': 'つながっていません。{time} 時点の内容です。',
  'offline.busy': '今、Bujiが応答していません。{time} 時点の内容です。',
  'offline.asking': '{time} 時点の内容です。最新の内容を確認しています…',
  'offline.fresh': 'これが最新です。',
  'offline.newer': '変わったところがあります：最新を表示',
} as const;
