export const install = {
  'install.title': 'ホーム画面にBujiを置く',
  'install.why': 'アプリのように開き、電波がなくても使えます。iPhoneとiPadでは、ホーム画面から開いたときだけ通知が使えます。',
  'install.button': 'Bujiをインストール',
  'install.installed': 'Bujiはこの端末にインストールされています。',
  'install.here': 'このブラウザー',
  'install.menu': 'メニュー {sign} を開きます。',
  'install.add': '「ホーム画面に追加」を選び、聞かれたら「インストール」を選びます。',
  'install.share': 'アドレスの横の共有ボタンを押します。',
  'install.not-there': '見つからないときは、このページをSafariで開いてください。',
  'install.open': 'そこからBujiを開いて、通知をオンにします。',
  'install.apart':
    '入れたアプリは、ブラウザーとは別に情報を保存します。アプリがあなたを知らないときは、ここでコードを作ってコピーし、アプリでそのコードを使ってサインインしてください。',
  'install.sign': 'アドレスバーの右端にあるインストールのしるしを押します。',
  'install.chrome': 'しるしがないとき: メニュー ⋮ →「キャスト、保存、共有」→「ページをアプリとしてインストール」。',
  'install.edge': 'しるしがないとき: メニュー ⋯ →「アプリ」→「このサイトをアプリとしてインストール」。',
  'install.safari': 'メニューの「ファイル」→「Dockに追加」を選びます。',
  'install.firefox':
    'パソコンのFirefoxはページをインストールできません。ブックマークしてください。通知はFirefoxが開いている間に届きます。',
} as const;
