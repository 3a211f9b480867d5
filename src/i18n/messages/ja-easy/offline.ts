export const offline = {
  // Written on the page by script, which draws no ruby here.
  'offline.asking': 'これは {time}の ページです。 あたらしい ページを さがして います…',
  'offline.fresh': 'これが いちばん あたらしい ページです。',
  'offline.newer': 'あたらしい ページが あります： みる',
  'outbox.waiting.open':
    '{time} この スマホに あります。 まだ 送《おく》って いません。 Bujiを 開《ひら》いた ままに して ください。 または、 もう一度《いちど》 開《ひら》いて ください。 そのとき 送《おく》ります。',
  'outbox.retracting': '取《と》り消《け》しました。 インターネットが もどると、 みんなの スマホから 消《き》えます。',
  'outbox.retracted': '取《と》り消《け》しました。 みんなの スマホから 消《き》えました。',
  'outbox.count': 'まだ 送《おく》って いない もの: {count}つ',
  'outbox.again': '{time}に 送《おく》りましたが、 ボードに ありません。 もう一度《いちど》 送《おく》ります。',
} as const;
