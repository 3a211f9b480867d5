export const moving = {
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
  'signin.title': 'Mag-sign in gamit ang code',
  'signin.code': 'Ang code',
  'signin.hint':
    'Ang recovery code mo, o ang code na ipinapakita ng kabilang telepono sa {settings}, “{move}”. Malaki o maliit na letra, may gitling o wala.',
  'signin.new-code': 'Natatapos ang recovery code kapag ginamit; bibigyan ka ng bago.',
  'signin.installed':
    'Gumamit ka ba ng Buji sa browser dati? Baka hindi ka pa kilala ng app sa home screen. Mag-sign in dito gamit ang code.',
  'welcome.file': 'I-save bilang file',
  'welcome.file.text': 'Sa code na ito makakabalik ka sa Buji sa {address}. Itago ito kung saan hindi makikita ng iba.',
  'settings.device.since': 'nag-sign in {time}',
  'settings.devices.unknown': 'May device bang hindi mo kilala? I-sign out ito.',
  'settings.devices.mine': 'Ako iyon',
  'export.title': 'Ang data mo',
  'export.explain':
    'Lahat ng naka-imbak sa Buji tungkol sa iyo, sa isang file: profile, mga grupo, mga ipinadala at nakita mo, imbitasyon, device. Walang isinulat ng iba.',
  'export.button': 'I-download ang data ko',
  'erase.title': 'Burahin ako',
  'erase.explain': 'Hindi na ito mababawi.',
  'erase.boards': 'Sa loob ng isang minuto, mawawala ka sa lahat ng board at kasaysayan, kasama ang lahat ng isinulat mo.',
  'erase.devices': 'Masa-sign out ang lahat ng device mo, at matatapos ang recovery code.',
  'erase.circles':
    'Ang grupong ikaw lang ang tagapangasiwa ay mapupunta sa pinakamatagal na miyembro. Ang grupong wala nang iba ay mabubura.',
  'erase.phones': 'Mananatili ang mga abisong nasa telepono na ng iba.',
  'erase.sure': 'Oo, burahin ako nang tuluyan',
  'erase.button': 'Burahin ako ngayon',
  'erase.done': 'Nabura ka na',
  'erase.done.text': 'Sa loob ng isang minuto, wala nang makakakita sa iyo. Puwede kang magsimulang muli anumang oras.',
} as const;
