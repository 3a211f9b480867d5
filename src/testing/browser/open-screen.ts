import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Locale } from '../../contract/people.ts';
import { openPhone, type PhoneOptions } from './open-browser.ts';
import type { ScreenWorld } from './screen-world.ts';
import type { Screen } from './screens.ts';

export interface ScreenOptions extends Omit<PhoneOptions, 'locale' | 'serviceWorkers'> {
  /** In this language for who is not signed in; everybody else reads what `world.speak` set. */
  locale?: Locale;
  /** Runs on every page before it does anything. */
  initScript?: string;
}

/** Opens a screen on a phone of its own and brings it into its state. The caller closes the phone. */
export async function openScreen(
  browser: Browser,
  world: ScreenWorld,
  screen: Screen,
  { locale = 'en', initScript, ...options }: ScreenOptions = {},
): Promise<{ phone: BrowserContext; page: Page }> {
  const { origin } = world.service;
  const { phone, page } = await openPhone(browser, origin, {
    ...options,
    serviceWorkers: screen.hasWorker ? 'allow' : 'block',
  });
  await phone.addCookies([{ name: 'lang', value: locale, url: origin }]);
  if (screen.who !== 'nobody') {
    await phone.addCookies([{ name: 'session', value: world.people[screen.who].token, url: origin }]);
  }
  if (initScript) await phone.addInitScript({ content: initScript });
  const path = typeof screen.path === 'function' ? screen.path(world) : (screen.path ?? screen.route);
  await screen.before?.(page, world);
  await page.goto(path);
  await screen.act?.(page, world);
  return { phone, page };
}
