export const install = {
  'install.title': 'ホーム画面《がめん》に Bujiを 置《お》く',
  'install.why':
    'アプリの ように 開《ひら》きます。 インターネットが なくても 開《ひら》きます。 iPhoneや iPadでは、 ホーム画面《がめん》から 開《ひら》いた ときだけ お知《し》らせが 来《き》ます。',
  'install.button': 'Bujiを インストールする',
  'install.installed': 'Bujiは この スマホに あります。',
  'install.here': 'この ブラウザー',
  'install.menu': 'メニュー {sign} を 押《お》します。',
  'install.add':
    '「ホーム画面《がめん》に 追加《ついか》」を 選《えら》びます。 聞《き》かれたら 「インストール」を 選《えら》びます。',
  'install.share': 'アドレスの 横《よこ》の 共有《きょうゆう》ボタンを 押《お》します。',
  'install.not-there': 'ない ときは、 この ページを Safariで 開《ひら》いて ください。',
  'install.open': 'そこから Bujiを 開《ひら》いて、 お知《し》らせを オンに します。',
  'install.apart':
    'アプリは ブラウザーと 別《べつ》です。 アプリが あなたを 知《し》らない とき: ここで コードを 作《つく》って、 コピーして、 アプリで その コードを 入《い》れて ください。',
  'install.sign': 'アドレスの 右《みぎ》の はしに ある、 インストールの しるしを 押《お》します。',
  'install.chrome':
    'しるしが ない とき: メニュー ⋮ → 「キャスト、保存《ほぞん》、共有《きょうゆう》」 → 「ページを アプリとして インストール」。',
  'install.edge': 'しるしが ない とき: メニュー ⋯ → 「アプリ」 → 「この サイトを アプリとして インストール」。',
  'install.safari': 'メニューの 「ファイル」 → 「Dockに 追加《ついか》」を 選《えら》びます。',
  'install.firefox':
    'パソコンの Firefoxは ページを インストールできません。 ブックマークして ください。 お知《し》らせは Firefoxが 開《ひら》いて いる ときに 来《き》ます。',
  'alerts.reached': 'この スマホに 最後《さいご》に お知《し》らせが 届《とど》いた とき: {time}',
  'alerts.reached.none': 'この スマホには まだ お知《し》らせが 届《とど》いて いません。',
  'alerts.test.arrived': 'テストが この スマホに 届《とど》きました: {time}',
  'text-size.label': '文字《もじ》の 大《おお》きさ',
  'text-size.normal': 'スマホと 同《おな》じ',
  'text-size.large': '大《おお》きい',
  'text-size.largest': 'とても 大《おお》きい',
  'offline.busy': 'いま Bujiから へんじが ありません。 これは {time}の ようすです。',
  'board.busy': 'Bujiから へんじが ありません。 {time}の ようすです。',
} as const;
