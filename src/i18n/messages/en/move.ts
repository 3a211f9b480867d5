/** Taking the sign-in to another phone. */
export const move = {
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
  'move.copy-code': 'Copy the code',
  'move.copy-link': 'Copy the link',
  'moved.title': 'You are signed in',
  'moved.as': 'This phone is now signed in as {name}.',
  'moved.alerts': 'Alerts do not move along: turn them on here too.',
} as const;
