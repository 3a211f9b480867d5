/** Taking the sign-in to another phone, codes, devices, the own data, and being erased. */
export const moving = {
  'move.title': 'Move to another phone',
  'move.explain':
    'Make a code here and use it on the other phone. That phone is then signed in as you, and this one stays signed in.',
  'move.trust': 'Whoever has this code can sign in as you. Show it to nobody else. All your devices are told when it is used.',
  'move.create': 'Make a code',
  'move.again': 'Make another code',
  'move.qr': 'The sign-in link as a code to be scanned',
  'move.scan': 'Scan this with the camera of the other phone.',
  'move.type': 'Or open {address} there, tap “{button}” and type this code:',
  'move.link': 'Or open this link there:',
  'move.valid': 'Works once, until {time}.',
  'enter.title': 'Sign in on this phone?',
  'enter.as': 'You will be signed in here as {name}.',
  'enter.button': 'Sign in as {name}',
  'enter.other':
    'This phone is signed in as {name}. If you go on, {name} is signed out here. What {name} has not sent yet is kept here.',
  'enter.stay': 'Stay signed in as {name}',
  'enter.same':
    'You are signed in on this phone as {name} already. The code has not been used: open the link on the other phone.',
  'enter.gone': 'This code does not work any more',
  'enter.gone.text': 'It works once, and for ten minutes. Make a new one on the phone that is signed in: {settings}, “{move}”.',
  'signin.title': 'Sign in with a code',
  'signin.code': 'Code',
  'signin.hint':
    'Your recovery code, or the code that your other phone shows under {settings}, “{move}”. Capital or small letters, with or without hyphens.',
  'signin.new-code': 'A recovery code ends when it is used; then you get a new one.',
  'signin.installed':
    'Did you use Buji in the browser before? The app on the home screen may not know you yet. Sign in here with a code.',
  'welcome.file': 'Save as a file',
  'welcome.file.text': 'With this code you get back into Buji at {address}. Keep it where nobody else finds it.',
  'settings.device.since': 'signed in {time}',
  'settings.devices.unknown': 'Is there a device that you do not know? Sign it out.',
  'settings.devices.mine': 'That was me',
  'export.title': 'Your data',
  'export.explain':
    'Everything that Buji has stored about you, in one file: profile, circles, what you sent and what you have seen, invites, devices. Nothing that others wrote.',
  'export.button': 'Download my data',
  'erase.title': 'Erase me',
  'erase.explain': 'This cannot be undone.',
  'erase.boards': 'Within a minute you are gone from every board and every history, with all that you wrote.',
  'erase.devices': 'All your devices are signed out, and your recovery code ends.',
  'erase.circles':
    'A circle whose only keeper you are goes to the member who has been there longest. A circle with nobody else in it is deleted.',
  'erase.phones': 'Alerts that are on other people’s phones already stay there.',
  'erase.sure': 'Yes, erase me for good',
  'erase.button': 'Erase me now',
  'erase.done': 'You are erased',
  'erase.done.text': 'Within a minute nobody sees you any more. You can start anew at any time.',
} as const;
