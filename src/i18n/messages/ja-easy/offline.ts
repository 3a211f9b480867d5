export const offline = {
  // Written on the page by script, which draws no ruby here.
  'offline.asking': 'これは {time}の ページです。 あたらしい ページを さがして います…',
  'offline.fresh': 'これが いちばん あたらしい ページです。',
  'offline.newer': 'あたらしい ページが あります： みる',
  'outbox.retracting': '取《と》り消《け》しました。 インターネットが もどると、 みんなの スマホから 消《き》えます。',
} as const;
