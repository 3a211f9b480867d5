import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { findChromium } from '../../../deploy/setup/chromium.mjs';

/**
 * Without the sandbox (tests run as root in CI) and without what Chromium asks of the internet at every start, which a closed
 * network refuses many times over.
 */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A small phone, held upright. */
export const PHONE = { width: 360, height: 640 };

/** What opens phones: a browser, or the one of a file's tests (`use-browser.ts`). */
export type Phones = Pick<Browser, 'newContext'>;

export interface PhoneOptions {
  locale?: string;
  userAgent?: string;
  colorScheme?: 'light' | 'dark';
  javaScriptEnabled?: boolean;
  deviceScaleFactor?: number;
  /** `block`: requests can then be held up by the test, which those of a service worker cannot. */
  serviceWorkers?: 'allow' | 'block';
}

/**
 * Starts the system's Chromium, the one that set-up found or installed. The tests bring no browser of their own.
 * @throws Error that says what to install
 */
export async function openBrowser(extraArguments: string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: findOurChromium(), args: [...ARGUMENTS, ...extraArguments] });
}

function findOurChromium(): string {
  const path = findChromium();
  if (!path) throw new Error('no Chromium: install one (Debian: apt-get install chromium) or set CHROMIUM_PATH');
  return path;
}

/**
 * A phone whose browser can be closed and opened again: all that it keeps is in the directory `profile`.
 * @param isInstalled opens the app in a window of its own, as from the home screen (`display-mode: standalone`)
 */
export async function openPhoneAt(profile: string, origin: string, { isInstalled = false } = {}): Promise<BrowserContext> {
  const args = isInstalled ? [...ARGUMENTS, `--app=${origin}`] : ARGUMENTS;
  // Chromium's emulation of a phone knows no windows of apps.
  const options = { ...describePhone(origin), isMobile: !isInstalled };
  const phone = await chromium.launchPersistentContext(profile, { executablePath: findOurChromium(), args, ...options });
  phone.setDefaultTimeout(15_000);
  return phone;
}

function describePhone(origin: string) {
  return {
    baseURL: origin,
    viewport: PHONE,
    hasTouch: true,
    isMobile: true,
    deviceScaleFactor: 2,
    locale: 'en-GB',
    timezoneId: 'Asia/Tokyo',
  };
}

/** A phone of its own: cookies, storage and service worker apart from every other. Errors on its pages fail the test. */
export async function openPhone(
  browser: Phones,
  origin: string,
  options: PhoneOptions = {},
): Promise<{ phone: BrowserContext; page: Page }> {
  const phone = await browser.newContext({ ...describePhone(origin), ...options });
  phone.setDefaultTimeout(15_000);
  const page = await phone.newPage();
  page.on('pageerror', (error) => {
    throw new Error(`an error on ${page.url()}: ${error.message}`);
  });
  return { phone, page };
}

/** Lets the browser believe that the page went to the back, or is looked at again. */
export async function setVisible(page: Page, isVisible: boolean): Promise<void> {
  await page.evaluate(
    (value) => {
      Object.defineProperty(document, 'visibilityState', { value, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    },
    isVisible ? 'visible' : 'hidden',
  );
}

/** `ready` comes while the worker is still activating; the browser drops what is pushed to it before it is active. */
export async function untilActivated(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    while (active && active.state !== 'activated')
      await new Promise((resolve) => active.addEventListener('statechange', resolve));
  });
}

/** The browser's name for the page's service worker, by which pushes and syncs are handed to it. */
export async function findRegistration(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const found = new Promise<string>((resolve) => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const own = registrations.find(({ scopeURL }) => page.url().startsWith(scopeURL));
      if (own) resolve(own.registrationId);
    });
  });
  await session.send('ServiceWorker.enable');
  return found;
}
