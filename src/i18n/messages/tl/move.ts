export const move = {
  'move.title': 'Lumipat sa ibang telepono',
  'move.explain':
    'Gumawa ng code dito at gamitin sa kabilang telepono. Papasok iyon bilang ikaw, at mananatiling naka-sign in ang teleponong ito.',
  'move.trust':
    'Sinumang may code na ito ay makakapasok bilang ikaw. Huwag ipakita sa iba. Sasabihan ang lahat ng device mo kapag ginamit ito.',
  'move.create': 'Gumawa ng code',
  'move.again': 'Gumawa ng isa pang code',
  'move.qr': 'Ang link sa pag-sign in bilang QR code',
  'move.scan': 'I-scan ito gamit ang camera ng kabilang telepono.',
  'move.type': 'O buksan doon ang {address}, pindutin ang “{button}” at i-type ang code na ito:',
  'move.link': 'O buksan doon ang link na ito:',
  'move.valid': 'Isang beses lang, hanggang {time}.',
  'enter.title': 'Mag-sign in sa teleponong ito?',
  'enter.as': 'Papasok ka rito bilang {name}.',
  'enter.button': 'Mag-sign in bilang {name}',
  'enter.other':
    'Naka-sign in sa teleponong ito si {name}. Kapag nagpatuloy ka, masa-sign out dito si {name}. Nananatili rito ang hindi pa naipadala ni {name}.',
  'enter.stay': 'Manatili bilang {name}',
  'enter.same':
    'Naka-sign in ka na sa teleponong ito bilang {name}. Hindi pa nagamit ang code: buksan ang link sa kabilang telepono.',
  'enter.gone': 'Hindi na gumagana ang code na ito',
  'enter.gone.text': 'Isang beses at sampung minuto lang ito. Gumawa ng bago sa teleponong naka-sign in: {settings}, “{move}”.',
  'move.copy-code': 'Kopyahin ang code',
  'move.copy-link': 'Kopyahin ang link',
  'moved.title': 'Naka-sign in ka na',
  'moved.as': 'Naka-sign in na ang teleponong ito bilang {name}.',
  'moved.alerts': 'Hindi kasamang lumilipat ang mga abiso: i-on din dito.',
} as const;
