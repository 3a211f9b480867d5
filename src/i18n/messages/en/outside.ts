/**
 * For whoever has followed a link inside of a messenger (`app`), whose own browser shares nothing with the phone’s (`browser`).
 * Names in quotes are what such menus say.
 */
export const outside = {
  'outside.join':
    'You are inside {app}. Whoever joins here is not known to {browser}, and gets no alerts. Better open this page in {browser} first.',
  'outside.alerts': 'No alerts come inside {app}. Open Buji in {browser}, and turn them on there.',
  'outside.open': 'Open in {browser}',
  'outside.menu': 'Menu {sign}: “Open in default browser” or “Open in external browser”.',
  'outside.code': 'If {browser} does not know you yet: first make a code here, copy it, and sign in there with it.',
} as const;
