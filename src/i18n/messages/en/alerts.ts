/**
 * What a phone shows on its lock screen. Never a note or a place: others can read a lock screen. Clock times rather than
 * ages, because an alert is read long after it came.
 *
 * A digest is put together so: one condition, one person → `alert.digest.<condition>.one`; one condition, several →
 * `alert.digest.<condition>.more` with `count` others, and the circle stands in `alert.digest.body`; several conditions →
 * `alert.digest.mixed`, and its body joins one `alert.digest.group` for each condition by `alert.digest.group-separator`.
 * `people` joins `alert.digest.person` by `alert.digest.person-separator`, and `alert.digest.people-more` tells how many
 * were left out. News of several circles is `alert.joined.title`, and one `alert.digest.body` of such groups for each circle.
 *
 * `alerts.` is the page where they are turned on.
 */
export const alerts = {
  'alert.help.title': '{name} needs help',
  'alert.help.body': '{time}, in {circle}. Open the board.',
  'alert.withdrawn.title': '{name} has taken back the call for help',
  'alert.withdrawn.body': '{time}, in {circle}. Open the board.',
  'alert.digest.ok.one': '{name} is OK',
  'alert.digest.ok.more': { one: '{name} and {count} other are OK', other: '{name} and {count} others are OK' },
  'alert.digest.evacuated.one': '{name} has evacuated',
  'alert.digest.evacuated.more': {
    one: '{name} and {count} other have evacuated',
    other: '{name} and {count} others have evacuated',
  },
  'alert.digest.hurt.one': '{name} is hurt',
  'alert.digest.hurt.more': { one: '{name} and {count} other are hurt', other: '{name} and {count} others are hurt' },
  'alert.digest.help.one': '{name} needs help',
  'alert.digest.help.more': { one: '{name} and {count} other need help', other: '{name} and {count} others need help' },
  'alert.digest.mixed': { one: 'News of {count} person in {circle}', other: 'News of {count} people in {circle}' },
  'alert.digest.body': '{circle}: {people}',
  'alert.digest.person': '{name} {time}',
  'alert.digest.person-separator': ', ',
  'alert.digest.people-more': { one: '{people} and {count} other', other: '{people} and {count} others' },
  'alert.digest.group.ok': 'OK: {people}',
  'alert.digest.group.evacuated': 'evacuated: {people}',
  'alert.digest.group.hurt': 'hurt: {people}',
  'alert.digest.group.help': 'needs help: {people}',
  'alert.digest.group-separator': ' · ',
  'alert.joined.title': { one: 'News of {count} person in your circles', other: 'News of {count} people in your circles' },
  'alert.test.title': 'Alerts work on this device',
  'alert.test.body': 'This is a test, sent at {time}. Nobody else got it.',
  'alert.device.title': 'A new device has signed in as you',
  'alert.device.body': '{device}, {time}. Was it not you? Open Settings and sign it out.',
  'alert.unreadable': 'There is news. Open Buji to see it.',
  'alerts.title': 'Alerts on this phone',
  'alerts.explain':
    'Buji tells you at once when someone needs help, and puts the answers of several people into one alert. You choose for each circle. No advertising.',
  'alerts.enable': 'Turn on alerts',
  'alerts.on': 'Alerts are turned on for this phone.',
  'alerts.denied': 'This browser was told to block alerts of Buji. Allow them in the settings of the browser, then come back.',
  'alerts.dismissed': 'Alerts are still off. Press the button again and allow them.',
  'alerts.unsupported': 'This browser cannot show alerts.',
  'alerts.insecure': 'Alerts need a secure address (https).',
  'alerts.failed': 'Alerts could not be turned on. Please try again later.',
  'alerts.noscript': 'To turn on alerts, JavaScript must be on in this browser. Everything else works without it.',
  'alerts.test': 'Send a test alert',
  'alerts.test.sent': 'The test alert is on its way. It comes within a minute.',
  'alerts.ios.share': 'Tap the share button of Safari.',
  'alerts.ios.add': 'Choose “Add to Home Screen”.',
  'alerts.ios.open': 'Open Buji from the home screen and come back to this page.',
  'alerts.reached': 'An alert last reached this phone: {time}',
  'alerts.reached.none': 'No alert has reached this phone yet.',
  'alerts.test.arrived': 'The test alert has reached this phone: {time}',
} as const;
