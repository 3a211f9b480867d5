import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Status } from '../../contract/statuses.ts';
import { type PrivateRedis, startPrivateRedis } from '../private-redis.ts';
import { waitFor } from '../wait-for.ts';
import { findRegistration, openPhone, openPhoneAt, untilActivated } from './open-browser.ts';
import { ageOutbox, neverOpenStore, putOffOutbox, readOutbox } from './phone-outbox.ts';
import { untilKept } from './phone-pages.ts';
import { useBrowser, useRunning } from './use-browser.ts';
import { makeCircle, rowOf, start, startAtHome, tap } from './walk.ts';

/** One whose memory of the last minute can be taken away, as a failover does. */
let redis: PrivateRedis;

beforeAll(async () => {
  redis = await startPrivateRedis();
});
afterAll(() => redis?.remove());
const service = useRunning(() => ({ topology: 'one', redisUrl: redis.url }));
const browser = useBrowser();

const web = () => service.processes[0] as (typeof service.processes)[0];

/** Refuses every connection, until `act` is over. */
async function whileGone(act: () => Promise<void>): Promise<void> {
  await web().kill();
  try {
    await act();
  } finally {
    await web().restart();
  }
}

/** Mum, alone in a circle, with her start page open and kept on the phone. */
async function settleIn(page: Page): Promise<string> {
  await start(page, 'Mum');
  const { circleId } = await makeCircle(page, 'Family');
  await untilActivated(page);
  await page.goto('/');
  await untilKept(page, '/');
  return circleId;
}

/** All that Mum has sent to the circle, asked of the service with her phone's own session. */
async function listSent(phone: BrowserContext, circleId: string): Promise<Status[]> {
  const ask = async (path: string) => (await phone.request.get(`${service.origin}${path}`)).json();
  const { person } = await ask('/v1/me').then((me) => ({ person: me.person?.id ?? me.id }));
  return (await ask(`/v1/circles/${circleId}/members/${person}/statuses`)).statuses;
}

/** The same, once there is something: what is sent is not yet on every board. */
function untilSent(phone: BrowserContext, circleId: string): Promise<Status[]> {
  return waitFor(async () => {
    const sent = await listSent(phone, circleId);
    return sent.length > 0 && sent;
  });
}

interface Connected {
  connections: IDBDatabase[];
}

/** Runs in the page before its own script: notes each connection to IndexedDB, to be closed under it. */
function keepConnections(): void {
  const { open } = IDBFactory.prototype;
  const connections: IDBDatabase[] = [];
  Object.assign(globalThis, { connections });
  IDBFactory.prototype.open = function (...names) {
    const request = open.apply(this, names);
    request.addEventListener('success', () => connections.push(request.result));
    return request;
  };
}

const hope = (page: Page) => page.evaluate(() => dispatchEvent(new Event('online')));

describe('the outbox', () => {
  it('is one outbox for two tabs: both tell the truth, and one status is sent', async () => {
    const { phone, page } = await openPhone(browser, service.origin);
    const circleId = await settleIn(page);
    const other = await phone.newPage();
    await other.goto('/');
    await other.locator('button.condition.ok').waitFor();
    await whileGone(async () => {
      await tap(page, 'ok');
      for (const tab of [page, other]) await tab.locator('#outbox [data-state=waiting]').waitFor();
    });
    await Promise.all([hope(page), hope(other)]);
    for (const tab of [page, other]) await tab.locator('#outbox [data-status], #outbox [data-state=sent]').first().waitFor();
    expect(await untilSent(phone, circleId)).toHaveLength(1);

    // Taken back in one, it is gone from the other.
    await other.locator('#outbox button').first().click();
    for (const tab of [page, other]) await tab.locator('#outbox li').waitFor({ state: 'detached' });
    await waitFor(async () => (await listSent(phone, circleId)).length === 0);
    for (const tab of [page, other]) expect(await readOutbox(tab)).toEqual([]);
  });

  it('outlives the browser, and says when it was tapped', async () => {
    const profile = await mkdtemp(join(tmpdir(), 'buji-profile-'));
    try {
      let phone = await openPhoneAt(profile, service.origin);
      let page = phone.pages()[0] as Page;
      const circleId = await settleIn(page);
      await whileGone(async () => {
        await tap(page, 'hurt');
        await page.locator('#outbox [data-state=waiting]').waitFor();
        await ageOutbox(page, 600_000);
        await phone.close();
      });
      phone = await openPhoneAt(profile, service.origin);
      page = phone.pages()[0] as Page;
      await page.goto('/');
      // The browser may have sent it by itself, before the page was there.
      await page.locator('#outbox [data-state=sent], #last .badge.hurt').first().waitFor();
      const [sent, ...more] = await untilSent(phone, circleId);
      expect(more).toEqual([]);
      const minutes = (Date.parse(sent?.acceptedAt ?? '') - Date.parse(sent?.writtenAt ?? '')) / 60_000;
      expect(Math.floor(minutes)).toBe(10);
      await phone.close();
    } finally {
      await rm(profile, { recursive: true, force: true });
    }
  });

  it('takes back without a network what nobody has heard of, and never sends it', async () => {
    const { phone, page } = await openPhone(browser, service.origin);
    const circleId = await settleIn(page);
    await phone.setOffline(true);
    await tap(page, 'help');
    const entry = page.locator('#outbox [data-state=waiting]');
    await entry.waitFor();
    expect(await entry.textContent()).toContain('not sent yet');
    await entry.locator('button').click();
    await entry.waitFor({ state: 'detached' });
    expect(await readOutbox(page)).toEqual([]);
    await phone.setOffline(false);
    await tap(page, 'ok');
    await page.locator('#outbox [data-state=sent]').waitFor();
    expect((await untilSent(phone, circleId)).map(({ condition }) => condition)).toEqual(['ok']);
  });

  it('takes back without a network what was sent, as soon as there is one', async () => {
    const { phone, page } = await openPhone(browser, service.origin);
    const circleId = await settleIn(page);
    await tap(page, 'help');
    await page.locator('#outbox [data-state=sent]').waitFor();
    await page.reload();
    await page.locator('#last .badge.help').waitFor();
    await phone.setOffline(true);
    await page.click('#last button');
    await page.locator('#outbox li', { hasText: 'Taken back on this phone' }).waitFor();
    expect(await page.locator('#last').isVisible()).toBe(false);
    await phone.setOffline(false);
    await page.locator('#outbox li').waitFor({ state: 'detached' });
    await page.locator('#last', { hasText: 'have not sent' }).waitFor();
    await waitFor(async () => (await listSent(phone, circleId)).length === 0);
  });

  it('leaves the service alone for as long as it asks, whatever the network seems to do', async () => {
    const { page } = await openPhone(browser, service.origin, { serviceWorkers: 'block' });
    await startAtHome(page);
    const posts: number[] = [];
    await page.route('**/v1/statuses', async (route) => {
      posts.push(performance.now());
      if (posts.length > 1) return route.continue();
      await route.fulfill({ status: 503, headers: { 'retry-after': '3' }, json: { code: 'overloaded' } });
    });
    await tap(page, 'ok');
    await page.locator('#outbox li', { hasText: 'not sent yet' }).waitFor();
    for (let times = 0; times < 3; times += 1) await hope(page);
    await page.locator('#outbox [data-state=sent]').waitFor();
    const [first = 0, second = 0, ...more] = posts;
    expect(second - first).toBeGreaterThanOrEqual(3_000);
    expect(more).toEqual([]);
  });

  it('is sent by a service worker that had been stopped', async () => {
    const { phone, page } = await openPhone(browser, service.origin);
    const circleId = await settleIn(page);
    const registrationId = await findRegistration(page);
    await whileGone(async () => {
      await tap(page, 'evacuated');
      await page.locator('#outbox [data-state=waiting]').waitFor();
      await page.goto('about:blank');
    });
    const session = await phone.newCDPSession(page);
    await session.send('ServiceWorker.enable');
    await session.send('ServiceWorker.stopAllWorkers');
    await session.send('ServiceWorker.dispatchSyncEvent', {
      origin: service.origin,
      registrationId,
      tag: 'outbox',
      lastChance: false,
    });
    await waitFor(async () => (await listSent(phone, circleId)).length === 1);
  });

  it('is opened again where the browser has closed it, as iOS does in the background', async () => {
    const { page } = await openPhone(browser, service.origin, { serviceWorkers: 'block' });
    await page.addInitScript(keepConnections);
    await startAtHome(page);
    await page.waitForFunction(() => (globalThis as unknown as Connected).connections.length > 0);
    await page.evaluate(() => (globalThis as unknown as Connected).connections.map((connection) => connection.close()));
    await tap(page, 'ok');
    await page.locator('#outbox [data-state=sent]').waitFor();
  });

  it('is done without where the browser never opens it: the form is posted as without script', async () => {
    const { page } = await openPhone(browser, service.origin, { serviceWorkers: 'block' });
    await neverOpenStore(page);
    await startAtHome(page);
    await tap(page, 'evacuated');
    await page.locator('#last .badge.evacuated').waitFor();
  });

  it('goes on sending while the service hangs over the page itself', async () => {
    const { page } = await openPhone(browser, service.origin, { serviceWorkers: 'block' });
    await startAtHome(page);
    await tap(page, 'ok');
    await page.locator('#outbox [data-state=sent]').waitFor();
    await page.reload();
    await page.route('**/v1/statuses*', (route) => route.abort());
    await page.route('**/v1/statuses/*', (route) => route.abort());
    await page.click('#last button');
    await page.locator('#outbox [data-state=retracting]').waitFor();
    await tap(page, 'help');
    const hasTried = async () => (await readOutbox(page)).some(({ condition, attempts }) => condition === 'help' && attempts > 0);
    await waitFor(hasTried);
    await page.locator('#outbox [data-state=waiting]').waitFor();
    // Only the page that is opened next sends them.
    await putOffOutbox(page, 50_000);
    await page.unrouteAll();

    // When the one is taken back the page is asked for what was sent before it, and never told; the other is to be sent later.
    await page.route('**/', (route) => (route.request().isNavigationRequest() ? route.continue() : undefined));
    let posts = 0;
    await page.route('**/v1/statuses', (route) => {
      posts += 1;
      if (posts > 1) return route.continue();
      return route.fulfill({ status: 503, headers: { 'retry-after': '1' }, json: { code: 'unavailable' } });
    });
    await page.reload();
    await page.locator('#outbox [data-state=sent] .badge.help').waitFor({ timeout: 30_000 });
    expect(posts).toBe(2);
  });

  it('offers the newest status again, as it was, where the service has lost it', async () => {
    const { phone, page } = await openPhone(browser, service.origin);
    const circleId = await settleIn(page);
    const [data, before] = [dirname(redis.url.replace('unix://', '')), await mkdtemp(join(tmpdir(), 'buji-before-'))];
    try {
      await cp(join(data, 'appendonlydir'), before, { recursive: true });
      await tap(page, 'help');
      await page.locator('#outbox [data-state=sent]').waitFor();
      const [entry] = await readOutbox(page);
      await ageOutbox(page, 120_000);
      await redis.kill();
      await rm(join(data, 'appendonlydir'), { recursive: true });
      await cp(before, join(data, 'appendonlydir'), { recursive: true });
      await redis.start();
      await waitFor(async () => (await listSent(phone, circleId).catch(() => null))?.length === 0, { timeoutMs: 30_000 });

      await page.goto(`/circles/${circleId}`);
      // A service that has just found its store again may ask for 15 s of patience.
      await rowOf(page, 'Mum').locator('.badge.help').waitFor({ timeout: 40_000 });
      const [sent, ...more] = await listSent(phone, circleId);
      expect(more).toEqual([]);
      expect(sent?.id).toBe(entry?.id);
      const minutes = (Date.parse(sent?.acceptedAt ?? '') - Date.parse(sent?.writtenAt ?? '')) / 60_000;
      expect(Math.floor(minutes)).toBe(2);
    } finally {
      await rm(before, { recursive: true, force: true });
    }
  });
});
