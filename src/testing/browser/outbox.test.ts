import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Board } from '../../contract/circles.ts';
import { NOTE_MAX } from '../../contract/limits.ts';
import { LOCALES, type Locale } from '../../contract/people.ts';
import { CONDITIONS, type Status } from '../../contract/statuses.ts';
import { findMessage } from '../../i18n/translate.ts';
import { waitFor } from '../wait-for.ts';
import { findRegistration, openPhone, untilActivated } from './open-browser.ts';
import { readOutbox } from './phone-outbox.ts';
import { untilKept } from './phone-pages.ts';
import { useBrowser, useRunning } from './use-browser.ts';
import { keepCode, makeCircle, rowOf, start, tap } from './walk.ts';

const service = useRunning({ topology: 'one' });
const browser = useBrowser();

/** How far down the screen the four buttons are, without the dent of a press. */
const placesOf = (page: Page) =>
  page.locator('button.condition').evaluateAll((buttons) => buttons.map((each) => (each as HTMLElement).offsetTop - scrollY));

describe('a page that was seen before', () => {
  it('opens from the phone when the service takes the connection and hangs', async () => {
    const { page } = await openPhone(browser, service.origin);
    await start(page, 'Mum');
    await makeCircle(page, 'Family');
    await page.goto('/recover');
    await untilActivated(page);
    await page.goto('/');
    await untilKept(page, '/');
    const pid = service.processes[0]?.pid ?? 0;
    process.kill(pid, 'SIGSTOP');
    try {
      await page.reload({ timeout: 10_000, waitUntil: 'domcontentloaded' });
      await page.locator('#offline-copy').waitFor();
      await tap(page, 'evacuated');
      await page.locator('#outbox [data-state=waiting]').waitFor();
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    await page.locator('#outbox [data-state=sent]').waitFor({ timeout: 30_000 });
  });
});

describe('the outbox', () => {
  it('keeps a tap through a reload while the service is away, and sends it once when it is back', async () => {
    const { page } = await openPhone(browser, service.origin);
    await start(page, 'Mum');
    const { circleId } = await makeCircle(page, 'Family');
    await page.goto(`/circles/${circleId}`);
    await untilActivated(page);
    // Seen once with the service worker at work, the page is on the phone.
    await page.goto('/');
    await untilKept(page, '/');

    const [web] = service.processes;
    await web?.kill();
    await tap(page, 'ok');
    const entry = page.locator('#outbox [data-state=waiting]');
    await entry.waitFor();
    const id = await entry.getAttribute('data-entry');

    await page.reload();
    expect(await page.locator('body[data-copy]').count()).toBe(1);
    await page.locator('#offline-copy').waitFor();
    await page.locator(`#outbox [data-entry="${id}"][data-state=waiting]`).waitFor();

    await web?.restart();
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await page.locator(`#outbox [data-entry="${id}"][data-state=sent]`).waitFor({ timeout: 30_000 });

    await page.goto(`/circles/${circleId}`);
    await rowOf(page, 'Mum').locator('.badge.ok').waitFor();
    await page.click('.who a');
    await page.waitForLoadState();
    expect(await page.locator('.row').count()).toBe(1);
  });

  it('is sent by the browser itself after the page was closed', async () => {
    const { phone, page } = await openPhone(browser, service.origin);
    await start(page, 'Mum');
    const { circleId } = await makeCircle(page, 'Family');
    await page.goto('/');
    await untilActivated(page);
    const registrationId = await findRegistration(page);
    const [web] = service.processes;
    await web?.kill();
    await tap(page, 'hurt');
    await page.locator('#outbox [data-state=waiting]').waitFor();
    await page.goto('about:blank');
    await web?.restart();

    const session = await phone.newCDPSession(page);
    await session.send('ServiceWorker.enable');
    await session.send('ServiceWorker.dispatchSyncEvent', {
      origin: service.origin,
      registrationId,
      tag: 'outbox',
      lastChance: false,
    });
    // Asked of the service: a page would send it itself.
    const shown = async () => (await (await phone.request.get(`/v1/circles/${circleId}/board`)).json()) as Board;
    await waitFor(async () => (await shown()).counts.hurt === 1);
  });

  it('takes back what was tapped and not yet sent, so that nobody ever sees it', async () => {
    const { page } = await openPhone(browser, service.origin, { serviceWorkers: 'block' });
    await start(page, 'Mum');
    const { circleId } = await makeCircle(page, 'Family');
    await page.goto('/');
    await page.locator('button.condition.ok').waitFor();
    await page.route('**/v1/statuses', (route) => route.abort());
    await tap(page, 'help');
    const entry = page.locator('#outbox li');
    await entry.waitFor();
    // What was never tried is taken back without a word to the service.
    await waitFor(async () => ((await readOutbox(page))[0]?.attempts ?? 0) > 0);
    await page.route('**/v1/statuses/*', (route) => route.continue());
    const retracted = page.waitForResponse((response) => response.request().method() === 'DELETE');
    await entry.locator('button').click();
    expect((await retracted).status()).toBe(404);
    await entry.waitFor({ state: 'detached' });
    await page.unroute('**/v1/statuses');
    await page.goto(`/circles/${circleId}`);
    expect(await page.locator('.counts .help b').textContent()).toBe('0');
  });

  it('neither sends nor shows what another person tapped on the same phone, and keeps it until they are back', async () => {
    const { phone, page: mum } = await openPhone(browser, service.origin, { serviceWorkers: 'block' });
    const { recoveryCode } = await start(mum, 'Mum');
    await makeCircle(mum, 'Family');
    await mum.goto('/');
    await mum.locator('button.condition.ok').waitFor();
    await phone.route('**/v1/statuses', (route) => route.abort());
    await tap(mum, 'help');
    await mum.locator('#outbox [data-state=waiting]').waitFor();

    // Mum's page stays open in its tab; the browser becomes Ken's in another.
    const ken = await phone.newPage();
    await ken.goto('/settings');
    await ken.click('form[action="/sign-out"] button');
    await start(ken, 'Ken');
    const { circleId } = await makeCircle(ken, 'Another');
    await ken.goto('/');
    await phone.unroute('**/v1/statuses');
    await mum.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await mum.locator('#outbox [data-state=sign-in]').waitFor();
    await tap(ken, 'evacuated');
    await ken.locator('#outbox [data-state=sent]').waitFor();
    expect(await ken.locator('#outbox li').count()).toBe(1);
    const { person } = await (await phone.request.get('/v1/me')).json();
    const path = `/v1/circles/${circleId}/members/${person.id}/statuses`;
    // Sent is not yet on every board.
    const statuses = await waitFor(async () => {
      const { statuses: shown } = await (await phone.request.get(path)).json();
      return shown.length > 0 && shown;
    });
    expect(statuses.map(({ condition }: Status) => condition)).toEqual(['evacuated']);

    await ken.goto('/recover');
    await ken.fill('input[name=recoveryCode]', recoveryCode);
    await ken.click('form[action="/recover"] button');
    await ken.goto('/');
    await ken.locator('#last .badge.help, #outbox [data-state=sent] .badge.help').first().waitFor();
  });

  it('says that the others still see what is taken back after the session has ended, and has the way to sign in', async () => {
    const { phone, page } = await openPhone(browser, service.origin, { serviceWorkers: 'block' });
    const { recoveryCode } = await start(page, 'Mum');
    await makeCircle(page, 'Family');
    await page.goto('/');
    await tap(page, 'help');
    const row = page.locator('#outbox li');
    await page.locator('#outbox [data-state=sent]').waitFor();
    await phone.clearCookies();
    await row.locator('button').click();
    await row.locator('a[href="/recover"]').waitFor();
    expect(await row.textContent()).toContain('the others may still see it');
    await row.locator('a').click();
    await page.fill('input[name=recoveryCode]', recoveryCode);
    await page.click('form[action="/recover"] button');
    await keepCode(page);
    // It is asked for by the page with the code, and again by the next one where that went away meanwhile.
    await waitFor(async () => (await readOutbox(page)).length === 0);
    await page.goto('/');
    expect(await page.locator('#outbox li, #last .badge').count()).toBe(0);
  });

  it('moves none of the four buttons, however many taps wait', async () => {
    const { phone, page } = await openPhone(browser, service.origin);
    await start(page, 'Mum');
    await makeCircle(page, 'Family');
    await untilActivated(page);
    await page.goto('/');
    await tap(page, 'ok');
    await page.locator('#outbox [data-state=sent]').waitFor();
    await page.goto('/');
    await page.locator('#last .badge.ok').waitFor();
    const places = await placesOf(page);
    await phone.setOffline(true);
    for (const condition of ['evacuated', 'hurt', 'help', 'ok'] as const) {
      await tap(page, condition);
      await page.locator(`#outbox [data-state=waiting] .badge.${condition}`).waitFor();
      expect(await placesOf(page), condition).toEqual(places);
    }
    expect(await page.locator('#outbox [data-entry]').count()).toBe(1);
    expect(await page.locator('#outbox-more [data-entry]').count()).toBe(3);
    expect(await page.locator('#outbox').textContent()).toContain('Waiting on this phone to be sent: 4');
    await phone.setOffline(false);
    await page.locator('#outbox [data-state=sent] .badge.ok').waitFor();
    await page.locator('#outbox-more li').first().waitFor({ state: 'detached' });
    expect(await placesOf(page)).toEqual(places);
  });

  // Some fifty taps, with a look at the page after each: a busy machine has needed half a minute.
  it('moves none of them in any language, also where Buji has to be open for what waits', { timeout: 120_000 }, async () => {
    const { phone, page } = await openPhone(browser, service.origin, { serviceWorkers: 'block' });
    await start(page, 'Mum');
    await makeCircle(page, 'Family');
    await page.route('**/v1/statuses', (route) => route.abort());
    await page.goto('/');
    const openIn = async (locale: Locale) => {
      await page.click(`button[value=${locale}]`);
      await page.waitForSelector(`html[class="${locale}"]`);
      // Before its script has run, a tap would be a form that is posted.
      await page.waitForLoadState('domcontentloaded');
    };
    const places: Partial<Record<Locale, number[]>> = {};
    for (const locale of LOCALES) {
      await openIn(locale);
      places[locale] = await placesOf(page);
    }
    let waiting = 0;
    for (const locale of LOCALES) {
      await openIn(locale);
      await phone.setOffline(true);
      const end = String(findMessage(locale, 'outbox.waiting.open'))
        .split('{time}')
        .at(-1)
        ?.replace(/《/g, '(')
        .replace(/》/g, ')');
      for (const condition of CONDITIONS) {
        await tap(page, condition);
        waiting += 1;
        await page.locator(`#outbox [data-state=waiting]:has(.badge.${condition})`, { hasText: end ?? '' }).waitFor();
        if (waiting > 1) await page.locator('#outbox li:not([data-entry])', { hasText: `${waiting}` }).waitFor();
        expect(await placesOf(page), `${locale}, ${condition}`).toEqual(places[locale]);
      }
      await phone.setOffline(false);
    }
  });

  it('takes along who sees the place, and of a note as many letters as the service takes', async () => {
    const { page } = await openPhone(browser, service.origin, { serviceWorkers: 'block' });
    await start(page, 'Mum');
    await makeCircle(page, 'Family');
    await page.goto('/');
    await page.locator('#post-status summary').click();
    await page.fill('[name=note]', '🏫'.repeat(NOTE_MAX + 2));
    await page.fill('[name=place]', 'gym');
    expect(await page.locator('[name=placeCircles]:checked').count()).toBe(1);
    await page.uncheck('[name=placeCircles]');
    const sent = page.waitForRequest((request) => request.url().endsWith('/v1/statuses'));
    await tap(page, 'ok');
    expect((await sent).postDataJSON()).toMatchObject({ note: '🏫'.repeat(NOTE_MAX), place: 'gym', placeCircles: [] });
    await page.locator('#outbox [data-state=sent]').waitFor();
  });
});
