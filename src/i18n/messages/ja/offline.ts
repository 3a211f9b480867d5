export const offline = {
  'offline.asking': '{time} 時点の内容です。最新の内容を確認しています…',
  'offline.fresh': 'これが最新です。',
  'offline.newer': '変わったところがあります：最新を表示',
  'outbox.waiting.open':
    '{time} この端末に保存しました。まだ送れていません。Bujiを開いたままにするか、もう一度開いてください。そのときに送ります。',
  'outbox.retracting': 'この端末で取り消しました。つながりしだい、全員の画面から消えます。',
  'outbox.retracted': '取り消しました。全員の画面から消えました。',
  'outbox.count': 'この端末で送信待ち: {count}件',
  'outbox.again': '{time} に送りましたが、ボードから消えていました。もう一度送ります。',
} as const;
