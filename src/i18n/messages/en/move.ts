/** Taking the sign-in along: to another phone, or to the app on the home screen of the same one, which shares nothing with the browser. */
export const move = {
  'move.title': 'Move to another phone or to the app',
  'move.explain':
    'Make a code here and use it on the other phone, or in Buji on your home screen. You are then signed in there, and stay signed in here.',
  'move.trust': 'Whoever has this code can sign in as you. Show it to nobody else. All your devices are told when it is used.',
  'move.create': 'Make a code',
  'move.again': 'Make another code',
  'move.qr': 'The sign-in link as a code to be scanned',
  'move.scan': 'On another phone: scan this with its camera.',
  'move.type': 'Or open Buji there ({address}), tap “{button}” and enter this code:',
  'move.link': 'Or open this link on the other phone:',
  'move.valid': 'Works once, until {time}.',
  'enter.title': 'Sign in on this phone?',
  'enter.as': 'You will be signed in here as {name}.',
  'enter.button': 'Sign in as {name}',
  'enter.other':
    'This phone is signed in as {name}. If you go on, {name} is signed out here. What {name} has not sent yet is kept here.',
  'enter.stay': 'Stay signed in as {name}',
  'enter.same': 'You are signed in here as {name} already. The code has not been used: use it where you want to sign in.',
  'enter.gone': 'This code does not work any more',
  'enter.gone.text': 'It works once, and for ten minutes. Make a new one where you are signed in: {settings}, “{move}”.',
  'move.copy-code': 'Copy the code',
  'move.copy-link': 'Copy the link',
  'moved.title': 'You are signed in',
  'moved.as': 'You are now signed in here as {name}.',
  'moved.alerts': 'Alerts do not come along: turn them on here.',
} as const;
