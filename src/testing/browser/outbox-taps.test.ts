import { describe, expect, it } from 'vitest';
import type { Board } from '../../contract/circles.ts';
import type { PostStatus } from '../../contract/statuses.ts';
import { waitFor } from '../wait-for.ts';
import { openPhone, untilActivated } from './open-browser.ts';
import { ageOutbox, neverOpenStore, readOutbox } from './phone-outbox.ts';
import { untilKept } from './phone-pages.ts';
import { useBrowser, useRunning } from './use-browser.ts';
import { makeCircle, start, startAtHome, tap } from './walk.ts';

const service = useRunning({ topology: 'one' });
const browser = useBrowser();

/** So far apart that no clock takes the two taps for the same moment. */
const APART_MS = 40;

/**
 * Runs in the page before its own script: taps OK and then help as soon as that script listens, and lets the store be opened
 * only then, as a slow phone does.
 */
function tapBeforeStoreOpens(apartMs: number): void {
  const { open } = IDBFactory.prototype;
  let letOpen: (() => void) | undefined;
  IDBFactory.prototype.open = function (...names) {
    const held = {} as { onsuccess?: () => void };
    letOpen = () => {
      IDBFactory.prototype.open = open;
      const request = open.apply(this, names);
      request.onsuccess = () => {
        Object.assign(held, { result: request.result });
        held.onsuccess?.();
      };
    };
    return held as unknown as IDBOpenDBRequest;
  };
  addEventListener('DOMContentLoaded', () => {
    document.querySelector<HTMLButtonElement>('button.condition.ok')?.click();
    const until = Date.now() + apartMs;
    while (Date.now() < until);
    document.querySelector<HTMLButtonElement>('button.condition.help')?.click();
    letOpen?.();
  });
}

/**
 * Waits until a post of so long after its tap, were it let go now, is dated after what the service has by now: it is dated by
 * its arrival less the time for which the phone says that it waited.
 */
async function untilLaterThanAll({ writtenAt = '', sentAt = '' }: PostStatus): Promise<void> {
  const waitedMs = Date.parse(sentAt) - Date.parse(writtenAt);
  const from = Date.now();
  await waitFor(() => Date.now() - waitedMs > from);
}

describe('taps in quick succession', () => {
  it('are one where the second comes before the first is written down', async () => {
    const { page } = await openPhone(browser, service.origin, { serviceWorkers: 'block' });
    await startAtHome(page);
    await page.locator('button.condition.help').evaluate((button: HTMLButtonElement) => {
      button.click();
      button.click();
    });
    await page.locator('#outbox [data-state=sent]').waitFor();
    // A second one would have been written down before either was sent.
    expect((await readOutbox(page)).map(({ condition }) => condition)).toEqual(['help']);
  });

  it('are dated by when they were tapped, and not by when the phone’s store has opened', async () => {
    const { page } = await openPhone(browser, service.origin, { serviceWorkers: 'block' });
    await start(page, 'Mum');
    await makeCircle(page, 'Family');
    await page.addInitScript(tapBeforeStoreOpens, APART_MS);
    // Sent side by side, the service may date the call first; then the other word is taken back, and gone.
    await page.route('**/v1/statuses', (route) => route.abort());
    await page.goto('/');
    await waitFor(async () => (await readOutbox(page)).length === 2);
    const [ok, help] = (await readOutbox(page)).sort((a, b) => a.savedAt - b.savedAt);
    expect([ok?.condition, help?.condition]).toEqual(['ok', 'help']);
    expect((help?.savedAt ?? 0) - (ok?.savedAt ?? 0)).toBeGreaterThanOrEqual(APART_MS);
  });
});

describe('a tap', () => {
  it('stays in sight until it is sent, however often the page is drawn meanwhile', async () => {
    const { page } = await openPhone(browser, service.origin, { serviceWorkers: 'block' });
    await startAtHome(page);
    await tap(page, 'evacuated');
    await page.locator('#outbox [data-state=sent] .badge.evacuated').waitFor();
    await page.evaluate(() => {
      const seen: string[] = [];
      Object.assign(globalThis, { seen });
      const place = document.getElementById('outbox') as HTMLElement;
      const look = () => seen.push(place.querySelector('.badge')?.className ?? 'nothing');
      new MutationObserver(look).observe(place, { childList: true, subtree: true, attributes: true });
      // At these the page draws its outbox again; so it does at news from the service, which come when they like.
      setInterval(() => dispatchEvent(new Event('offline')), 1);
    });
    await tap(page, 'ok');
    await page.locator('#outbox [data-state=sent] .badge.ok').waitFor();
    const seen = await page.evaluate(() => (globalThis as unknown as { seen: string[] }).seen);
    expect(seen.slice(seen.indexOf('badge ok')).filter((badge) => badge !== 'badge ok')).toEqual([]);
  });
});

describe('a call for help', () => {
  it('waits behind no request that hangs, and stands though that comes through later', async () => {
    const { phone, page } = await openPhone(browser, service.origin, { serviceWorkers: 'block' });
    const { circleId } = await startAtHome(page);
    let comeThrough: () => Promise<void> = async () => undefined;
    await page.route('**/v1/statuses', (route) => {
      const status = route.request().postDataJSON();
      if (status.condition === 'help') return route.continue();
      comeThrough = () => untilLaterThanAll(status).then(() => route.continue());
      return;
    });
    const hangs = page.waitForRequest('**/v1/statuses');
    await tap(page, 'ok');
    await hangs;
    await tap(page, 'help');
    await page.locator('#outbox [data-state=sent] .badge.help').waitFor();
    expect((await readOutbox(page)).map(({ condition, state }) => `${condition}: ${state}`)).toContain('ok: waiting');

    // What the service then dates after the call was tapped before it: no board may show that all is well.
    await comeThrough();
    await waitFor(async () => (await readOutbox(page)).length === 1);
    const shown = async () => (await (await phone.request.get(`/v1/circles/${circleId}/board`)).json()) as Board;
    await waitFor(async () => (await shown()).members[0]?.status?.condition === 'help');

    // Where the call was the slip, what was tapped before it stands again.
    await page.unroute('**/v1/statuses');
    await page.click('#outbox [data-state=sent] button');
    await waitFor(async () => (await shown()).members[0]?.status?.condition === 'ok');
    const kept = async () => (await readOutbox(page)).map(({ condition, state }) => `${condition}: ${state}`).join();
    await waitFor(async () => (await kept()) === 'ok: sent');
  });
});

describe('a call for help whose answer is late', () => {
  it('stands all the same, though the word before it was answered first', async () => {
    const { phone, page } = await openPhone(browser, service.origin, { serviceWorkers: 'block' });
    const { circleId } = await startAtHome(page);
    const held = new Map<string, () => Promise<void>>();
    await page.route('**/v1/statuses', async (route) => {
      const status = route.request().postDataJSON();
      // The call has come to the service, and its answer not back; the other word has not even come.
      const answer = status.condition === 'help' ? await route.fetch() : undefined;
      const goOn = () => untilLaterThanAll(status).then(() => route.continue());
      held.set(status.condition, () => (answer ? route.fulfill({ response: answer }) : goOn()));
    });
    await tap(page, 'ok');
    await waitFor(() => held.has('ok'));
    await tap(page, 'help');
    await waitFor(() => held.has('help'));
    await held.get('ok')?.();
    await waitFor(async () => (await readOutbox(page)).some(({ condition, state }) => condition === 'ok' && state === 'sent'));
    await held.get('help')?.();
    const shown = async () => (await (await phone.request.get(`/v1/circles/${circleId}/board`)).json()) as Board;
    await waitFor(async () => (await readOutbox(page)).every(({ condition }) => condition === 'help'));
    await waitFor(async () => (await shown()).members[0]?.status?.condition === 'help');
  });
});

describe('without a store on the phone, help after another word', () => {
  it('goes out while the form with that word is still on its way', async () => {
    const { page } = await openPhone(browser, service.origin, { serviceWorkers: 'block' });
    await page.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new Error('no store');
      };
    });
    await startAtHome(page);
    await page.evaluate(() => {
      const press = (condition: string) => document.querySelector<HTMLButtonElement>(`button.condition.${condition}`)?.click();
      const follow = ({ defaultPrevented }: Event) => {
        if (defaultPrevented) return;
        removeEventListener('submit', follow);
        setTimeout(press, 0, 'help');
      };
      addEventListener('submit', follow);
      press('ok');
    });
    await page.locator('#last .badge').waitFor();
    expect(await page.locator('#last .badge.help').count()).toBe(1);
  });

  it('is what is posted where the store has not opened in time', async () => {
    const { page } = await openPhone(browser, service.origin, { serviceWorkers: 'block' });
    await neverOpenStore(page);
    await startAtHome(page);
    // In one go: the form is posted so long after the first, whatever the test is doing then.
    await page.evaluate(() => {
      for (const condition of ['ok', 'help']) document.querySelector<HTMLButtonElement>(`button.condition.${condition}`)?.click();
    });
    await page.locator('#last .badge').waitFor();
    expect(await page.locator('#last .badge.help').count()).toBe(1);
  });
});

describe('without a store on the phone and without a network', () => {
  it('ends on a page of Buji’s where the browser does not know that nothing gets through', async () => {
    const { page } = await openPhone(browser, service.origin);
    await start(page, 'Mum');
    await makeCircle(page, 'Family');
    await untilActivated(page);
    await neverOpenStore(page);
    await page.goto('/');
    for (const path of ['/', '/offline']) await untilKept(page, path);
    const [web] = service.processes;
    await web?.kill();
    try {
      await tap(page, 'help');
      await page.locator('.numbers a[href^="tel:"]').first().waitFor();
      await page.click('main a[href="/"]');
      await page.locator('button.condition.help').waitFor();
    } finally {
      await web?.restart();
    }
  });

  it('says that help was not sent, keeps the buttons, and has the number to call', async () => {
    const { phone, page } = await openPhone(browser, service.origin, { serviceWorkers: 'block' });
    await neverOpenStore(page);
    await startAtHome(page);
    await phone.setOffline(true);
    await tap(page, 'help');
    await page.locator('#outbox .badge.help').waitFor();
    const text = 'Not sent. This could not be sent. Please press the button once more.';
    expect(await page.locator('#outbox').textContent()).toContain(text);
    expect(await page.locator('#announce').textContent()).toContain(`Needs help: ${text}`);
    await page.locator('#call a[href^="tel:"]').waitFor();
    await phone.setOffline(false);
    await tap(page, 'help');
    await page.locator('#last .badge.help').waitFor();
  });
});

it('tells them in Easy Japanese each word once, without the readings', async () => {
  const { page } = await openPhone(browser, service.origin, { serviceWorkers: 'block' });
  await start(page, 'Mum', 'ja-easy');
  await makeCircle(page, 'Family');
  await page.goto('/');
  await page.route('**/v1/statuses', (route) => route.abort());
  const told = async (text: string) => {
    await page.locator('#announce', { hasText: text }).waitFor({ state: 'attached' });
    expect(await page.textContent('#announce')).not.toMatch(/[()（）]/);
  };
  await tap(page, 'help');
  await told('助けて: ');
  await told('まだ 送って いません');
  await ageOutbox(page, 60_000);
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await told('に 電話して ください');
});

it('tells whoever listens that help is not sent yet, whom to call, and that it was taken back; and keeps the focus there', async () => {
  const { page } = await openPhone(browser, service.origin, { serviceWorkers: 'block' });
  await startAtHome(page);
  await page.route('**/v1/statuses', (route) => route.abort());
  const told = (text: string) => page.locator('#announce', { hasText: text }).waitFor({ state: 'attached' });
  await tap(page, 'help');
  await told('not sent yet');
  await ageOutbox(page, 60_000);
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await told('No phone has confirmed this yet. Call ');
  await page.locator('#outbox button').focus();
  await page.keyboard.press('Enter');
  await told('It is gone for everybody');
  await page.locator('#outbox li').waitFor({ state: 'detached' });
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('outbox');
});
