/** Putting Buji on the home screen. Names in quotes are the browser's own words. */
export const install = {
  'install.title': 'Buji on your home screen',
  'install.why':
    'There it opens like an app, also without a connection. On an iPhone or iPad, alerts come only to an app on the home screen.',
  'install.button': 'Install Buji',
  'install.installed': 'Buji is installed on this phone.',
  'install.here': 'this browser',
  'install.menu': 'Open the menu {sign}.',
  'install.add': 'Choose “Add to Home screen”, then “Install” if it asks.',
  'install.share': 'Tap the share button beside the address.',
  'install.not-there': 'If you do not find it, open this page in Safari.',
  'install.open': 'Open Buji from there and turn on alerts.',
  'install.apart':
    'The installed app has a memory of its own. If it does not know you: make a code here, copy it, and sign in there with it.',
  'install.sign': 'Click the sign for installing at the right end of the address bar.',
  'install.chrome': 'If it is not there: menu ⋮, “Cast, save and share”, “Install page as app”.',
  'install.edge': 'If it is not there: menu ⋯, “Apps”, “Install this site as an app”.',
  'install.safari': 'Menu “File”, “Add to Dock”.',
  'install.firefox': 'Firefox on a computer does not install pages. Keep a bookmark; alerts come while Firefox is open.',
} as const;
