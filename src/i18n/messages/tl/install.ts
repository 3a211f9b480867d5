export const install = {
  'install.title': 'Buji sa home screen mo',
  'install.why':
    'Mula roon, bumubukas ito na parang app, kahit walang koneksiyon. Sa iPhone o iPad, dumarating lang ang abiso sa app na nasa home screen.',
  'install.button': 'I-install ang Buji',
  'install.installed': 'Naka-install na ang Buji sa teleponong ito.',
  'install.here': 'ang browser na ito',
  'install.menu': 'Buksan ang menu na {sign}.',
  'install.add': 'Piliin ang “Add to Home screen”, tapos “Install” kung magtanong.',
  'install.share': 'Pindutin ang share button sa tabi ng address.',
  'install.not-there': 'Kung hindi makita, buksan ang pahinang ito sa Safari.',
  'install.open': 'Buksan ang Buji mula roon at i-on ang mga abiso.',
  'install.apart':
    'May sariling alaala ang naka-install na app. Kung hindi ka nito kilala: gumawa ng code dito, kopyahin, at mag-sign in doon gamit ito.',
  'install.sign': 'I-click ang tanda ng pag-install sa kanang dulo ng address bar.',
  'install.chrome': 'Kung wala roon: menu ⋮, “Cast, save and share”, “Install page as app”.',
  'install.edge': 'Kung wala roon: menu ⋯, “Apps”, “Install this site as an app”.',
  'install.safari': 'Sa menu na “File”, piliin ang “Add to Dock”.',
  'install.firefox':
    'Hindi nag-i-install ng pahina ang Firefox sa computer. I-bookmark ito; dumarating ang abiso habang bukas ang Firefox.',
} as const;
