import { describe, expect, it } from 'vitest';
import { createCircle, createClient, joinAll } from '../client.ts';
import { FIRST_LOAD_LIMITS, measureFirstLoad } from './first-load.ts';
import { openPhone, PHONE } from './open-browser.ts';
import { useBrowser, useRunning } from './use-browser.ts';
import { keepCode, makeCircle, start } from './walk.ts';

/** A name that is not the loopback's, over plain http: no browser calls that secure. */
const PLAIN_HOST = 'buji.test';

const service = useRunning();
const browser = useBrowser([`--host-resolver-rules=MAP ${PLAIN_HOST} 127.0.0.1`]);

describe('the first visit', () => {
  it('costs at most five requests and 30 KB, and 14 KB until it can be read, on each page that alerts and links lead to', async () => {
    const mum = await createClient(service, { nickname: 'Mum' });
    const circle = await createCircle(mum);
    const { token } = await joinAll(mum, circle, [await createClient(service, { nickname: 'Ken' })]);
    const pages: [path: string, session: string | null][] = [
      ['/', null],
      [`/join/${token}`, null],
      ['/', mum.token],
      [`/circles/${circle.id}`, mum.token],
    ];
    for (const [path, session] of pages) {
      const { phone, page } = await openPhone(browser, service.origin);
      if (session) await phone.addCookies([{ name: 'session', value: session, url: service.origin }]);
      const asked: string[] = [];
      page.on('request', (request) => asked.push(`${new URL(request.url()).origin} ${request.resourceType()}`));
      const load = await measureFirstLoad(page, path);
      // Nobody else's, so no tracker; and no web font.
      const ours = ['document', 'script', 'image', 'manifest', 'other', 'fetch'].map((kind) => `${service.origin} ${kind}`);
      expect(asked.filter((request) => !ours.includes(request))).toEqual([]);
      for (const [what, limit] of Object.entries(FIRST_LOAD_LIMITS)) {
        expect(load[what as keyof typeof load], `${what} of ${path}`).toBeLessThanOrEqual(limit);
      }
      expect(load.bytes).toBeGreaterThan(load.readableBytes);
      await phone.close();
    }
  });
});

describe('the start page of a phone that nobody is signed in on', () => {
  it.each(['en-GB', 'ja-JP'])('shows the way back in without scrolling (%s): else a second person is made', async (locale) => {
    const { phone, page } = await openPhone(browser, service.origin, { locale });
    await page.goto('/');
    const box = await page.locator('a[href="/recover"] >> visible=true').first().boundingBox();
    expect(box && box.y + box.height).toBeLessThanOrEqual(PHONE.height);
    await phone.close();
  });
});

describe('the files of the phone app', () => {
  it('are kept for good when hashed, and asked for again when not', async () => {
    const html = await (await fetch(service.origin)).text();
    const script = /\/assets\/[\w.-]+\.js/.exec(html)?.[0];
    const { headers } = await fetch(`${service.origin}${script}`, { headers: { 'accept-encoding': 'br' } });
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(headers.get('content-encoding')).toBe('br');
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

describe('the manifest', () => {
  it('is one that the browser understands whole, in the language chosen on this phone', async () => {
    const { phone, page } = await openPhone(browser, service.origin);
    await start(page, 'Aki', 'ja');
    const session = await phone.newCDPSession(page);
    const { errors, data } = await session.send('Page.getAppManifest');
    expect(errors).toEqual([]);
    expect(JSON.parse(data ?? '')).toMatchObject({ lang: 'ja', shortcuts: [{ name: '今、大丈夫ですか？' }, {}] });
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
