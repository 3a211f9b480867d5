export const move = {
  'move.title': 'Lumipat sa ibang telepono o sa app',
  'move.explain':
    'Gumawa ng code dito at gamitin sa kabilang telepono, o sa Buji sa home screen. Papasok ka roon bilang ikaw, at mananatiling naka-sign in dito.',
  'move.trust':
    'Sinumang may code na ito ay makakapasok bilang ikaw. Huwag ipakita sa iba. Sasabihan ang lahat ng device mo kapag ginamit ito.',
  'move.create': 'Gumawa ng code',
  'move.again': 'Gumawa ng isa pang code',
  'move.qr': 'Ang link sa pag-sign in bilang QR code',
  'move.scan': 'Sa ibang telepono: i-scan ito gamit ang camera nito.',
  'move.type': 'O buksan doon ang Buji ({address}), pindutin ang “{button}” at i-type ang code na ito:',
  'move.link': 'O buksan ang link na ito sa kabilang telepono:',
  'move.valid': 'Isang beses lang, hanggang {time}.',
  'enter.title': 'Mag-sign in sa teleponong ito?',
  'enter.as': 'Papasok ka rito bilang {name}.',
  'enter.button': 'Mag-sign in bilang {name}',
  'enter.other':
    'Naka-sign in sa teleponong ito si {name}. Kapag nagpatuloy ka, masa-sign out dito si {name}. Nananatili rito ang hindi pa naipadala ni {name}.',
  'enter.stay': 'Manatili bilang {name}',
  'enter.same': 'Naka-sign in ka na rito bilang {name}. Hindi pa nagamit ang code: gamitin ito kung saan mo gustong mag-sign in.',
  'enter.gone': 'Hindi na gumagana ang code na ito',
  'enter.gone.text': 'Isang beses at sampung minuto lang ito. Gumawa ng bago kung saan ka naka-sign in: {settings}, “{move}”.',
  'move.copy-code': 'Kopyahin ang code',
  'move.copy-link': 'Kopyahin ang link',
  'moved.title': 'Naka-sign in ka na',
  'moved.as': 'Naka-sign in ka na rito bilang {name}.',
  'moved.alerts': 'Hindi kasamang lumilipat ang mga abiso: i-on dito.',
} as const;
