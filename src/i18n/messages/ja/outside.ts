export const outside = {
  'outside.join':
    '{app}の中で開いています。ここで参加すると、{browser}には引き継がれず、通知も届きません。先に{browser}で開くのがおすすめです。',
  'outside.alerts': '{app}の中では通知を受け取れません。{browser}でBujiを開いて、そこでオンにしてください。',
  'outside.open': '{browser}で開く',
  'outside.menu': 'メニュー {sign} →「デフォルトのブラウザーで開く」または「外部ブラウザで開く」',
  'outside.code':
    '{browser}がまだあなたを知らないときは、先にここでコードを作ってコピーし、{browser}でそのコードを使ってサインインしてください。',
} as const;
