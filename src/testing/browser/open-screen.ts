import type { BrowserContext, Page } from 'playwright-core';
import type { Locale } from '../../contract/people.ts';
import { waitFor } from '../wait-for.ts';
import { openPhone, type PhoneOptions, type Phones } from './open-browser.ts';
import type { ScreenWorld } from './screen-world.ts';
import type { Screen } from './screens.ts';

export interface ScreenOptions extends Omit<PhoneOptions, 'locale' | 'javaScriptEnabled'> {
  /** In this language for who is not signed in; everybody else reads what `world.speak` set. */
  locale?: Locale;
  /** Runs on every page before it does anything. */
  initScript?: string;
}

type Phone = { phone: BrowserContext; page: Page };

/** Opens a screen on a phone of its own and brings it into its state. The caller closes the phone. */
export async function openScreen(
  browser: Phones,
  world: ScreenWorld,
  screen: Screen,
  options: ScreenOptions = {},
): Promise<Phone> {
  const opened = await openPhoneOf(browser, world, screen.who, {
    ...options,
    ...(screen.userAgent && { userAgent: screen.userAgent }),
    serviceWorkers: screen.hasWorker ? 'allow' : 'block',
  });
  await screen.before?.(opened.page, world);
  await gotoServed(opened.page, pathOf(world, screen));
  await screen.act?.(opened.page, world);
  // What was pressed last may have begun another page.
  await opened.page.waitForLoadState();
  return opened;
}

/** A phone on which that person is signed in. The caller closes it. */
export async function openPhoneOf(
  browser: Phones,
  world: ScreenWorld,
  who: Screen['who'],
  { locale = 'en', initScript, ...options }: ScreenOptions = {},
): Promise<Phone> {
  const { origin } = world.service;
  const opened = await openPhone(browser, origin, { serviceWorkers: 'block', ...options });
  const { phone } = opened;
  await phone.addCookies([{ name: 'lang', value: locale, url: origin }]);
  if (who !== 'nobody') await phone.addCookies([{ name: 'session', value: world.people[who].token, url: origin }]);
  if (initScript) await phone.addInitScript({ content: initScript });
  return opened;
}

/** Opens a page, again where the service puts that off: on a busy machine it sheds histories, and would be looked at for that. */
export async function gotoServed(page: Page, path: string): Promise<void> {
  await waitFor(async () => (await page.goto(path))?.status() !== 503, { timeoutMs: 30_000 });
}

/** The address of a screen in that world. */
export function pathOf(world: ScreenWorld, { path, route }: Screen): string {
  return typeof path === 'function' ? path(world) : (path ?? route);
}
