import type { MessageKey } from '../i18n/catalogue.ts';
import { findInAppBrowser } from './in-app-browser.ts';

/** How browsers put a page on the home screen: each in its own way, and one not at all. */
export const PLATFORMS = [
  'android-chrome',
  'android-firefox',
  'ios-safari',
  'ios-other',
  'desktop-chrome',
  'desktop-edge',
  'mac-safari',
  'desktop-firefox',
] as const;
export type Platform = (typeof PLATFORMS)[number];

export interface InstallSteps {
  /** Names of products, which are the same in every language. */
  name: string;
  steps: readonly Exclude<MessageKey & (`install.${string}` | `alerts.ios.${string}`), 'install.menu' | 'install.apart'>[];
  /** Sign of the menu that is opened first. */
  menu?: string;
  /** What is installed shares nothing with the browser but a copy of its cookies, and that only on some versions (WebKit). */
  isApart?: true;
}

export const INSTALL_STEPS: Readonly<Record<Platform, InstallSteps>> = {
  'android-chrome': { name: 'Android: Chrome, Edge, Samsung', menu: '⋮ ☰', steps: ['install.add', 'install.open'] },
  'android-firefox': { name: 'Android: Firefox', menu: '⋮', steps: ['install.add', 'install.open'] },
  'ios-safari': { name: 'iPhone, iPad: Safari', steps: ['alerts.ios.share', 'alerts.ios.add', 'alerts.ios.open'], isApart: true },
  'ios-other': {
    name: 'iPhone, iPad: Chrome, Edge, Firefox',
    steps: ['install.share', 'alerts.ios.add', 'install.not-there', 'alerts.ios.open'],
    isApart: true,
  },
  'desktop-chrome': { name: 'Windows, Mac, Linux: Chrome', steps: ['install.sign', 'install.chrome', 'install.open'] },
  'desktop-edge': { name: 'Windows, Mac: Edge', steps: ['install.sign', 'install.edge', 'install.open'] },
  'mac-safari': { name: 'Mac: Safari', steps: ['install.safari', 'install.open'], isApart: true },
  'desktop-firefox': { name: 'Windows, Mac, Linux: Firefox', steps: ['install.firefox'] },
};

/**
 * What a browser is, by what it says of itself; none where it says nothing that we know, and inside of an app, which puts nothing
 * on a home screen. An iPad says that it is a Mac, so Safari there gets the steps of both.
 */
export function findPlatforms(userAgent: string | undefined): readonly Platform[] {
  const agent = userAgent ?? '';
  if (findInAppBrowser(agent)) return [];
  if (/iPhone|iPad|iPod/.test(agent)) return [/CriOS|FxiOS|EdgiOS|OPiOS|GSA/.test(agent) ? 'ios-other' : 'ios-safari'];
  if (agent.includes('Android')) return [agent.includes('Firefox') ? 'android-firefox' : 'android-chrome'];
  if (agent.includes('Firefox')) return ['desktop-firefox'];
  if (agent.includes('Edg/')) return ['desktop-edge'];
  if (agent.includes('Chrome')) return ['desktop-chrome'];
  return /Macintosh.*Safari/.test(agent) ? ['ios-safari', 'mac-safari'] : [];
}
