import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { type Service, type ServiceOptions, startService } from '../service.ts';
import { openBrowser, type Phones } from './open-browser.ts';

/**
 * The system's Chromium for the tests of one file: open before them, closed after them. A phone that a test opens is closed after
 * that test: its pages would go on asking and trying, and slow down those of the next.
 */
export function useBrowser(extraArguments: string[] = []): Phones {
  let browser: Browser | undefined;
  let isInTest = false;
  let ofTest: BrowserContext[] = [];
  beforeEach(() => {
    isInTest = true;
  });
  afterEach(async () => {
    const phones = ofTest;
    ofTest = [];
    isInTest = false;
    await Promise.all(phones.map((phone) => phone.close()));
  });
  beforeAll(async () => {
    browser = await openBrowser(extraArguments);
  });
  afterAll(() => browser?.close());
  return {
    async newContext(options) {
      const phone = await started(browser).newContext(options);
      if (isInTest) ofTest.push(phone);
      return phone;
    },
  };
}

/**
 * A running service for the tests of one file; unlike that of `use-service.ts` it may be taken away and log errors.
 * @param options a function where something has to run first: it is called when the hooks before this one are done
 */
export function useRunning(options: ServiceOptions | (() => ServiceOptions) = {}): Service {
  let service: Service | undefined;
  beforeAll(async () => {
    service = await startService(typeof options === 'function' ? options() : options);
  });
  afterAll(() => service?.stop());
  return {
    get processes() {
      return started(service).processes;
    },
    get origin() {
      return started(service).origin;
    },
    get operatorToken() {
      return started(service).operatorToken;
    },
    get keyPrefix() {
      return started(service).keyPrefix;
    },
    next: (role) => started(service).next(role),
    stop: () => started(service).stop(),
  };
}

function started<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('not before the tests run');
  return value;
}
