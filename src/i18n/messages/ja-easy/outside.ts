export const outside = {
  'outside.join':
    'いま {app}の 中《なか》です。 ここで 入《はい》っても、 {browser}は あなたを 知《し》りません。 お知《し》らせも 来《き》ません。 先《さき》に {browser}で 開《ひら》いて ください。',
  'outside.alerts':
    '{app}の 中《なか》では お知《し》らせが 来《き》ません。 {browser}で Bujiを 開《ひら》いて、 そこで オンに して ください。',
  'outside.open': '{browser}で 開《ひら》く',
  'outside.menu': 'メニュー {sign} → 「デフォルトの ブラウザーで 開《ひら》く」か 「外部《がいぶ》ブラウザで 開《ひら》く」',
  'outside.code':
    '{browser}が あなたを 知《し》らない とき: 先《さき》に ここで コードを 作《つく》って、 コピーして、 {browser}で その コードを 入《い》れて ください。',
} as const;
