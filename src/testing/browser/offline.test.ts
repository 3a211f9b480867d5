import type { BrowserContext, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Device, NewTransferCode } from '../../contract/people.ts';
import { createClient, send } from '../client.ts';
import { waitFor } from '../wait-for.ts';
import { findMisfits } from './find-misfits.ts';
import { openPhone, untilActivated } from './open-browser.ts';
import { untilForgotten, untilKept } from './phone-pages.ts';
import { useBrowser, useRunning } from './use-browser.ts';
import { makeCircle, rowOf, start, tap } from './walk.ts';

const service = useRunning({ topology: 'one' });
const browser = useBrowser();

const web = () => service.processes[0] as (typeof service.processes)[0];

/** Takes connections and answers none, until `act` is over. */
async function whileHung(act: () => Promise<void>): Promise<void> {
  const { pid } = web();
  process.kill(pid, 'SIGSTOP');
  try {
    await act();
  } finally {
    process.kill(pid, 'SIGCONT');
  }
}

/** Refuses every connection, until `act` is over. */
async function whileGone(act: () => Promise<void>): Promise<void> {
  await web().kill();
  try {
    await act();
  } finally {
    await web().restart();
  }
}

/** Mum's phone with a circle, whose pages were seen once with the service worker at work; open on the start page. */
async function openMum(locale?: string): Promise<{ phone: BrowserContext; page: Page; circleId: string; inviteUrl: string }> {
  const { phone, page } = await openPhone(browser, service.origin);
  await start(page, 'Mum', locale);
  const { circleId, inviteUrl } = await makeCircle(page, 'Family');
  await untilActivated(page);
  for (const path of ['/circles/new', `/circles/${circleId}`, '/']) {
    await page.goto(path);
    await page.locator('h1').waitFor();
  }
  for (const path of ['/', `/circles/${circleId}`]) await untilKept(page, path);
  return { phone, page, circleId, inviteUrl };
}

async function answerAs(nickname: string, inviteUrl: string) {
  const client = await createClient(service, { nickname, invite: inviteUrl.split('/').at(-1) ?? '' });
  return async (condition: string, id = crypto.randomUUID().replace(/^(.{14})4/, '$17')) => {
    expect((await client.call('POST', '/v1/statuses', { id, condition })).status).toBe(202);
  };
}

/** Headers with which the API knows who is signed in on this phone. */
async function authorize(phone: BrowserContext): Promise<Record<string, string>> {
  const session = (await phone.cookies()).find(({ name }) => name.endsWith('session'));
  return { authorization: `Bearer ${session?.value}` };
}

/** Id of the device that this phone is. */
async function findDevice(phone: BrowserContext): Promise<string> {
  const { body } = await send<{ devices: Device[] }>(service.origin, 'GET', '/v1/me', undefined, await authorize(phone));
  return body.devices.find(({ current }) => current)?.id ?? '';
}

/** Somebody takes the sign-in of this phone to another one. */
async function signInElsewhere(phone: BrowserContext): Promise<void> {
  const { body } = await send<NewTransferCode>(service.origin, 'POST', '/v1/transfer-codes', undefined, await authorize(phone));
  expect((await send(service.origin, 'POST', '/v1/sessions', { transferCode: body.code })).status).toBe(201);
}

/** How far down the four buttons are. */
const placesOf = (page: Page) =>
  page.locator('button.condition').evaluateAll((buttons) => buttons.map((button) => button.getBoundingClientRect().top));

/** Lets the kept start page be as the service would have written it a minute later: nobody has heard the call for help on it. */
function keepUnheard(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const pages = await caches.open('pages');
    const kept = await pages.match('/');
    const html = (await kept?.text()) ?? '';
    const place = '<div id="call">';
    if (!html.includes(`${place}</div>`)) throw new Error('no place for it');
    const unheard = html.replace(place, `${place}<a class="button unconfirmed" href="tel:119">Call 119.</a>`);
    await pages.put('/', new Response(unheard, { headers: new Headers(kept?.headers) }));
  });
}

/** Marks the page, to tell that it is still the same one: nothing was loaded anew. */
const mark = (page: Page) => page.evaluate(() => document.body.setAttribute('data-not-reloaded', ''));
const isMarked = async (page: Page) => (await page.locator('body[data-not-reloaded]').count()) === 1;

describe('a page that was never seen', () => {
  it('gives way to one whose words are true of a service that is gone, and tells how much waits on the phone', async () => {
    const { page } = await openMum();
    await whileGone(async () => {
      for (const condition of ['ok', 'hurt'] as const) {
        await tap(page, condition);
        await page.locator('#outbox [data-state=waiting]', { has: page.locator(`.badge.${condition}`) }).waitFor();
      }
      await page.goto('/settings');
      expect(await page.textContent('h1')).toBe('Buji cannot be reached');
      await page.locator('#outbox', { hasText: 'Waiting on this phone to be sent: 2' }).waitFor();
    });
  });
});

describe('a page that was seen before', () => {
  it('opens while the service hangs, and is made fresh around what is being written', async () => {
    const { page } = await openMum();
    await whileHung(async () => {
      await page.reload({ waitUntil: 'domcontentloaded' });
      await page.locator('body[data-copy]').waitFor();
      expect(await page.locator('#offline-copy').textContent()).toMatch(/This is how it stood at .*\d\d:\d\d/);
      await mark(page);
      await page.click('summary');
      await page.fill('[name=note]', 'on the third floor');
      await tap(page, 'evacuated');
      await page.locator('#outbox [data-state=waiting]').waitFor();
      await page.fill('[name=note]', 'with Taro');
    });
    await page.locator('#outbox [data-state=sent], #last .badge.evacuated').first().waitFor({ timeout: 40_000 });
    await page.locator('#offline-copy', { hasText: 'This is the newest.' }).waitFor({ timeout: 40_000 });
    expect(await isMarked(page)).toBe(true);
    expect(await page.inputValue('[name=note]')).toBe('with Taro');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('note');
  });

  it('opens as it was last shown, with what came live since it was loaded, and catches up by itself', async () => {
    const { page, circleId, inviteUrl } = await openMum();
    const ken = await answerAs('Ken', inviteUrl);
    await page.goto(`/circles/${circleId}`);
    await page.locator('.live').waitFor();
    await ken('ok');
    await rowOf(page, 'Ken').locator('.badge.ok').waitFor();
    // Leaving the page is the last moment to keep it.
    await page.goto('/');
    await untilKept(page, `/circles/${circleId}`, /badge ok/);

    await whileGone(async () => {
      await page.goto(`/circles/${circleId}`);
      await page.locator('body[data-copy]').waitFor();
      await rowOf(page, 'Ken').locator('.badge.ok').waitFor();
      await page.locator('.board-state', { hasText: 'Buji is not answering. As of' }).waitFor();
      await page.locator('#offline-copy', { hasText: 'Buji does not answer at the moment.' }).waitFor();
      await mark(page);
    });
    await ken('help');
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await rowOf(page, 'Ken').locator('.badge.help').waitFor({ timeout: 40_000 });
    await page.locator('.live').waitFor();
    expect(await page.locator('#offline-copy').textContent()).toBe('This is the newest.');
    expect(await isMarked(page)).toBe(true);
  });

  it('sends nobody to the rescuers for a call for help that they have overtaken since', async () => {
    const { page } = await openMum();
    await tap(page, 'help');
    await page.locator('#outbox [data-state=sent] .badge.help').waitFor();
    await page.goto('/');
    await page.locator('#last .badge.help').waitFor();
    await untilKept(page, '/', /badge help/);
    await keepUnheard(page);
    await tap(page, 'ok');
    await page.locator('#outbox [data-state=sent] .badge.ok').waitFor();
    await whileHung(async () => {
      await page.reload({ waitUntil: 'domcontentloaded' });
      await page.locator('body[data-copy] #outbox [data-state=sent] .badge.ok').waitFor();
      expect(await page.locator('.unconfirmed').count()).toBe(0);
    });
    // What came or went by itself is no change to be shown.
    await page.locator('#offline-copy', { hasText: 'This is the newest.' }).waitFor({ timeout: 40_000 });
  });

  it.each(['en', 'ja-easy'])('tells of a new device over a copy from before it, and no button moves (%s)', async (locale) => {
    const { phone, page } = await openMum(locale);
    await signInElsewhere(phone);
    const places: number[] = [];
    await whileHung(async () => {
      await page.reload({ waitUntil: 'domcontentloaded' });
      await page.locator('body[data-copy] button.condition').first().waitFor();
      places.push(...(await placesOf(page)));
    });
    const notice = page.locator('#offline-copy a[href="/settings#devices"]');
    await notice.waitFor({ timeout: 40_000 });
    expect(await placesOf(page)).toEqual(places);
    expect(await findMisfits(page)).toEqual([]);
    await notice.click();
    await page.locator('form[action="/devices/known"]').waitFor();
  });

  it('stays on the phone when its reader has seen the new device, and tells of it no more', async () => {
    const { phone, page, circleId } = await openMum();
    await signInElsewhere(phone);
    await page.reload();
    await untilKept(page, '/', /id="new-device"/);
    await page.goto('/settings');
    await page.click('form[action="/devices/known"] button');
    await page.waitForURL('**/settings#devices');
    await whileHung(async () => {
      await page.goto(`/circles/${circleId}`, { waitUntil: 'domcontentloaded' });
      await page.locator('body[data-copy] .row').first().waitFor();
      await page.goto('/', { waitUntil: 'domcontentloaded' });
      await page.locator('body[data-copy] button.condition').first().waitFor();
      expect(await page.locator('#new-device').isVisible()).toBe(false);
    });
    await page.locator('#offline-copy', { hasText: 'This is the newest.' }).waitFor({ timeout: 40_000 });
    expect(await page.locator('#new-device').isVisible()).toBe(false);
  });

  it('says at once that there is no connection, and comes back by itself', async () => {
    const { phone, page, circleId } = await openMum();
    await page.goto(`/circles/${circleId}`);
    await page.locator('.live').waitFor();
    await phone.setOffline(true);
    await page.locator('.board-state', { hasText: 'Not connected.' }).waitFor();
    expect(await page.locator('.live').count()).toBe(0);
    await phone.setOffline(false);
    await page.locator('.live').waitFor();
  });

  it('stands in for the one that an alert leads to while the service hangs', async () => {
    const { page, circleId } = await openMum();
    await whileHung(async () => {
      await page.goto(`/answer/${circleId}`, { waitUntil: 'domcontentloaded' });
      await page.locator('body[data-copy] .row').first().waitFor();
      expect(new URL(page.url()).pathname).toBe(`/circles/${circleId}`);
      expect(await page.locator('.actions a[href="/"]').isVisible()).toBe(true);
    });
  });

  it('shows no old OK as one, however long it was kept', async () => {
    const { page, circleId, inviteUrl } = await openMum();
    const ken = await answerAs('Ken', inviteUrl);
    await ken('ok');
    await waitFor(async () => {
      await page.goto(`/circles/${circleId}`);
      return (await page.locator('.row.ok').count()) === 1;
    });
    await page.goto('/circles/new');
    await untilKept(page, `/circles/${circleId}`, /row ok/);
    await whileGone(async () => {
      await page.clock.setFixedTime(Date.now() + 30 * 3_600_000);
      await page.goto(`/circles/${circleId}`);
      await page.locator('body[data-copy] .row.silent', { hasText: 'Ken' }).waitFor();
      expect(await page.locator('.row.ok').count()).toBe(0);
      expect(await page.locator('.counts .ok b').textContent()).toBe('0');
    });
  });

  it('stays on the phone when its reader has signed another device out', async () => {
    const { phone, page } = await openMum();
    await signInElsewhere(phone);
    await page.goto('/settings');
    await page.click('form[action^="/devices/"][action$="/sign-out"] button');
    await page.locator('.devices li:only-child').waitFor();
    await whileGone(() => page.goto('/').then(() => page.locator('body[data-copy] button.condition').first().waitFor()));
  });

  it.each(['', '/devices/me'])('is shown to nobody once its reader has signed out (%s/sign-out)', async (form) => {
    const { phone, page, circleId } = await openMum();
    const action = `${form.replace('me', await findDevice(phone))}/sign-out`;
    await page.goto('/settings');
    // The pages offer the latter for other devices only; but a form is what its sender makes it.
    await page.locator('form[action="/sign-out"]').evaluate((each, own) => each.setAttribute('action', own), action);
    await page.click(`form[action="${action}"] button`);
    await page.locator('input[name=nickname]').waitFor();
    await untilForgotten(page, '/');
    await whileGone(async () => {
      for (const path of ['/', `/circles/${circleId}`]) {
        await page.goto(path);
        expect(await page.textContent('h1'), path).toBe('Buji cannot be reached');
      }
    });
  });

  it('is gone as soon as the service says that its reader was signed out elsewhere', async () => {
    const { phone, page, circleId } = await openMum();
    const path = `/v1/sessions/${await findDevice(phone)}`;
    await page.goto('about:blank');
    expect((await send(service.origin, 'DELETE', path, undefined, await authorize(phone))).status).toBe(204);
    await whileHung(async () => {
      await page.goto(`/circles/${circleId}`, { waitUntil: 'domcontentloaded' });
      await page.locator('body[data-copy] .row').first().waitFor();
    });
    await page.locator('a[href^="/recover"]').first().waitFor({ timeout: 40_000 });
    expect(await page.evaluate(async () => (await (await caches.open('pages')).keys()).length)).toBe(0);
  });
});
