export const offline = {
  'offline.asking': 'これは {time}の ページです。 新《あたら》しい ページを さがして います…',
  'offline.fresh': 'これが 一番《いちばん》 新《あたら》しい ページです。',
  'offline.newer': '新《あたら》しい ページが あります： 見《み》る',
  'outbox.retracting': '取《と》り消《け》しました。 インターネットが もどると、 みんなの スマホから 消《き》えます。',
} as const;
