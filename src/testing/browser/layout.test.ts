import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LOCALES } from '../../contract/people.ts';
import { type Service, startService } from '../service.ts';
import { openBrowser, openPhone, PHONE } from './open-browser.ts';
import { keepCode, makeCircle, start } from './walk.ts';

let service: Service;
let browser: Browser;

/** A name that is not the loopback's, over plain http: no browser calls that secure. */
const PLAIN_HOST = 'buji.test';

beforeAll(async () => {
  [service, browser] = await Promise.all([startService(), openBrowser([`--host-resolver-rules=MAP ${PLAIN_HOST} 127.0.0.1`])]);
});
afterAll(async () => {
  await browser?.close();
  await service?.stop();
});

async function boxesOf(page: Page, selector: string) {
  return page.locator(selector).evaluateAll((elements) =>
    elements.map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return { x, y, width, height };
    }),
  );
}

/** Targets too small to hit with a shaking thumb, and anything that makes the page wider than the screen. */
async function findMisfits(page: Page, least: number) {
  return page.evaluate((size) => {
    const wide =
      document.documentElement.scrollWidth > innerWidth ? [`page ${document.documentElement.scrollWidth} px wide`] : [];
    const small = [
      ...document.querySelectorAll('button, a.button, summary, .chip, select, input:not([type=hidden], .chip input)'),
    ]
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ element, box }) => box.width > 0 && !element.closest('.visually-hidden') && box.height < size)
      .map(({ element, box }) => `${element.tagName} "${element.textContent?.trim()}" ${Math.round(box.height)} px high`);
    return [...wide, ...small];
  }, least);
}

describe.each(LOCALES)('the start page in %s', (locale) => {
  it('has its four buttons under the thumb, whole and large', async () => {
    const { page } = await openPhone(browser, service.origin);
    await page.goto('/');
    await page.click(`button[value=${locale}]`);
    await start(page, 'Mum');
    await makeCircle(page, 'A family with a rather long name');
    await page.goto('/');
    const [help] = await boxesOf(page, '.condition.help');
    const buttons = await boxesOf(page, '.condition');
    expect(buttons).toHaveLength(4);
    for (const { x, y, width, height } of buttons) {
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(64);
      expect(y).toBeGreaterThanOrEqual(PHONE.height / 3);
      expect(y + height).toBeLessThanOrEqual(PHONE.height);
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(PHONE.width);
    }
    const [numbers] = await boxesOf(page, '.emergency a');
    expect(numbers && help && numbers.y - (help.y + help.height)).toBeLessThan(100);
    expect(numbers && numbers.y + numbers.height).toBeLessThanOrEqual(PHONE.height);
  });

  it('fits every page on a screen of 320 px with letters of twice the size', async () => {
    const { page } = await openPhone(browser, service.origin);
    await page.goto('/');
    await page.click(`button[value=${locale}]`);
    await start(page, 'A nickname of 30 letters, long');
    const { circleId } = await makeCircle(page, 'A family with a rather long name');
    await page.setViewportSize({ width: 320, height: 640 });
    for (const path of [
      '/',
      `/circles/${circleId}`,
      `/circles/${circleId}/invite`,
      '/circles/new',
      '/alerts',
      '/settings',
      '/recover',
    ]) {
      await page.goto(path);
      expect(await findMisfits(page, 44), path).toEqual([]);
      await page
        .addStyleTag({ content: ':root { font-size: 200% }' })
        .catch(() => page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%')));
      expect(await findMisfits(page, 44), `${path} at 200 %`).toEqual([]);
    }
  });
});

describe('the first visit', () => {
  it('costs at most five requests and 30 KB, and 14 KB until it can be read', async () => {
    const { page } = await openPhone(browser, service.origin);
    const session = await page.context().newCDPSession(page);
    const bytes = new Map<string, number>();
    const names = new Map<string, string>();
    await session.send('Network.enable');
    session.on('Network.requestWillBeSent', ({ requestId, request }) => names.set(requestId, new URL(request.url).pathname));
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) =>
      bytes.set(names.get(requestId) ?? '', encodedDataLength),
    );
    await page.goto('/', { waitUntil: 'load' });
    const total = [...bytes.values()].reduce((sum, size) => sum + size, 0);
    const readable = [...bytes].filter(([name]) => !name.endsWith('.js')).reduce((sum, [, size]) => sum + size, 0);
    expect(bytes.size).toBeLessThanOrEqual(5);
    expect(total).toBeLessThanOrEqual(30_000);
    expect(readable).toBeLessThanOrEqual(14_000);
  });
});

describe('the files of the phone app', () => {
  it('are kept for good when hashed, and asked for again when not', async () => {
    const html = await (await fetch(service.origin)).text();
    const [script = '', style = ''] =
      html
        .match(/\/assets\/[\w.-]+\.(js|css)/g)
        ?.sort()
        .reverse() ?? [];
    for (const path of [script, style]) {
      const { headers } = await fetch(`${service.origin}${path}`, { headers: { 'accept-encoding': 'br' } });
      expect(headers.get('cache-control'), path).toBe('public, max-age=31536000, immutable');
      expect(headers.get('content-encoding'), path).toBe('br');
    }
    for (const path of ['/sw.js', '/manifest.webmanifest', '/icon.svg']) {
      const { status, headers } = await fetch(`${service.origin}${path}`);
      expect(status, path).toBe(200);
      expect(headers.get('cache-control'), path).toBe('no-cache');
    }
    for (const path of ['/.vite/manifest.json', '/assets/../main.js', '/sw.js.gz']) {
      expect((await fetch(`${service.origin}${path}`)).status, path).toBe(404);
    }
  });
});

describe('plain http under a name that no browser trusts', () => {
  it.each([true, false])('takes forms and taps (with script: %s)', async (javaScriptEnabled) => {
    const origin = service.origin.replace('127.0.0.1', PLAIN_HOST);
    const { page } = await openPhone(browser, origin, { javaScriptEnabled });
    await page.goto('/');
    await page.fill('input[name=nickname]', 'Aki');
    await page.click('form[action="/start"] button');
    await keepCode(page);
    await makeCircle(page, 'Family');
    await page.goto('/');
    await page.tap('button.condition.ok');
    await page.locator(javaScriptEnabled ? '#outbox [data-state=sent]' : '#last .badge.ok').waitFor();
  });
});
