export const offline = {
  'offline.title': 'Bujiに つながりません',
  'offline.text':
    'スマホの インターネットが ないか、 Bujiから へんじが ありません。 この ページは スマホに ありません。 すこし 待《ま》って、 もう一度《いちど》 開《ひら》いて ください。',
  'offline.copy': 'インターネットが ありません。 これは {time}の ページです。',
  'offline.busy': 'いま Bujiから へんじが ありません。 これは {time}の ようすです。',
  // Written on the page by script, which draws no ruby here.
  'offline.asking': 'これは {time}の ページです。 あたらしい ページを さがして います…',
  'offline.fresh': 'これが いちばん あたらしい ページです。',
  'offline.newer': 'あたらしい ページが あります： みる',
} as const;
