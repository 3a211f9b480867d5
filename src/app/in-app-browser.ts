/** An app that shows pages itself: what somebody does there, the phone's own browser knows nothing of, and no alert comes there. */
export interface InAppBrowser {
  /** The name of the app, the same in every language. */
  app: 'LINE' | 'Facebook' | 'Instagram';
  /** Where a page should be opened instead. */
  browser: 'Safari' | 'Chrome';
  /** What, behind the path of a link, has the app open it there; null where it has nothing of the kind. */
  outsideQuery: string | null;
}

/** What these apps say of themselves. Messenger says what Facebook does. */
const APPS = [
  ['LINE', /\bLine\/\d/],
  ['Instagram', /\bInstagram \d/],
  ['Facebook', /\bFB(AN|AV|_IAB)\//],
] as const;

/** By what a browser says of itself; null for one of the phone's own, and where there is no phone. */
export function findInAppBrowser(userAgent: string | undefined): InAppBrowser | null {
  const agent = userAgent ?? '';
  const browser = /iPhone|iPad|iPod/.test(agent) ? 'Safari' : agent.includes('Android') ? 'Chrome' : null;
  const [app] = APPS.find(([, says]) => says.test(agent)) ?? [];
  // LINE takes this in any link, and hands it on to the browser with it (LINE Developers, "Open a URL in an external browser").
  return app && browser ? { app, browser, outsideQuery: app === 'LINE' ? '?openExternalBrowser=1' : null } : null;
}
