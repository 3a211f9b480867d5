import type { BrowserContext, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { waitFor } from '../wait-for.ts';
import { deliver, readNotifications, tapNotification } from './alerts-on-phone.ts';
import { findRegistration, openPhone, PHONE, untilActivated } from './open-browser.ts';
import { readOutbox } from './phone-outbox.ts';
import { useBrowser, useRunning } from './use-browser.ts';
import { join, makeCircle, rowOf, start, tap } from './walk.ts';

const service = useRunning({ topology: 'one' });
const browser = useBrowser();

/** Mum's phone shows an alert of her circle; the push itself is what the service would have sent. */
async function showAlert({
  chosen,
  ...options
}: {
  locale?: string;
  chosen?: string;
} = {}): Promise<{ phone: BrowserContext; page: Page; circleId: string }> {
  const { phone, page } = await openPhone(browser, service.origin, options);
  await phone.grantPermissions(['notifications'], { origin: service.origin });
  await start(page, 'Mum', chosen);
  const { circleId } = await makeCircle(page, 'Family');
  await page.goto('/');
  await untilActivated(page);
  const navigate = `${service.origin}/answer/${circleId}`;
  const data = { kind: 'digest', circle: circleId };
  await deliver(
    page,
    JSON.stringify({ web_push: 8030, notification: { title: 'Ken is OK', navigate, tag: 'c', data }, app_badge: 1 }),
  );
  await waitFor(async () => (await readNotifications(page)).length === 1);
  return { phone, page, circleId };
}

async function untilTold(page: Page, words: RegExp): Promise<void> {
  await waitFor(async () => {
    // While one takes the place of another, the browser may list both.
    const [told, ...more] = await readNotifications(page);
    return told !== undefined && more.length === 0 && words.test(told.body);
  });
}

/** Holds a Web Lock of the phone's until it is let go. */
async function holdLock(page: Page, name: string): Promise<() => Promise<void>> {
  const letGo = await page.evaluateHandle(
    (lock) =>
      new Promise<() => void>((held) => {
        void navigator.locks.request(lock, () => new Promise<void>((resolve) => held(resolve)));
      }),
    name,
  );
  return () => letGo.evaluate((resolve) => resolve());
}

/** What the service worker has left to the browser to repeat. */
function readSyncTags(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const { sync } = (await navigator.serviceWorker.ready) as unknown as { sync: { getTags(): Promise<string[]> } };
    return sync.getTags();
  });
}

describe('an answer from a notification', () => {
  it('is sent to all circles at once, and a notification says so in the language of the phone', async () => {
    const { phone, page, circleId } = await showAlert({ locale: 'ja-JP' });
    expect(await readNotifications(page)).toMatchObject([{ actions: ['無事です', '助けて'] }]);
    await tapNotification(phone, 'help');
    await untilTold(page, /に送信済み$/);
    expect(await readNotifications(page)).toMatchObject([{ title: '助けが必要', lang: 'ja', tag: 'answer' }]);
    await page.goto(`/circles/${circleId}`);
    await rowOf(page, 'Mum').locator('.badge.help').waitFor();
  });

  it('is kept on the phone without a connection, told so, sent by the browser later, and told again', async () => {
    const { phone, page, circleId } = await showAlert();
    const registrationId = await findRegistration(page);
    const [web] = service.processes;
    await web?.kill();
    await tapNotification(phone, 'ok');
    await untilTold(page, /^Saved on this phone \d\d:\d\d, not sent yet/);
    await web?.restart();
    const session = await phone.newCDPSession(page);
    await session.send('ServiceWorker.enable');
    const sync = { origin: service.origin, registrationId, tag: 'outbox', lastChance: false };
    await session.send('ServiceWorker.dispatchSyncEvent', sync);
    await untilTold(page, /^Sent \d\d:\d\d$/);
    await page.goto(`/circles/${circleId}`);
    await rowOf(page, 'Mum').locator('.badge.ok').waitFor();
    await page.click('.who a');
    await page.waitForLoadState();
    expect(await page.locator('.row').count()).toBe(1);
  });
});

describe('a notification', () => {
  it('is shown also while the service hangs, which has its pictures too', async () => {
    const { phone, page } = await showAlert();
    // The browser may not have them yet.
    const session = await phone.newCDPSession(page);
    await session.send('Network.clearBrowserCache');
    const pid = service.processes[0]?.pid ?? 0;
    process.kill(pid, 'SIGSTOP');
    try {
      await tapNotification(phone, 'ok');
      await untilTold(page, /^Saved on this phone \d\d:\d\d\. Sending/);
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    await untilTold(page, /^Sent/);
  });
});

describe('an answer that slipped', () => {
  it('is taken back on the notification that tells of it, and is gone for everybody', async () => {
    const { phone, page, circleId } = await showAlert();
    await tapNotification(phone, 'help');
    await untilTold(page, /^Sent/);
    await page.goto(`/circles/${circleId}`);
    await rowOf(page, 'Mum').locator('.badge.help').waitFor();
    await tapNotification(phone, 'undo');
    await untilTold(page, /^Taken back\. It is gone for everybody\.$/);
    await page.locator('.row.silent', { hasText: 'Mum' }).waitFor();
  });

  it('is told to be gone also where a page has told the service, and not the notification', async () => {
    const { phone, page } = await showAlert();
    await phone.grantPermissions(['notifications', 'background-sync'], { origin: service.origin });
    await tapNotification(phone, 'help');
    await untilTold(page, /^Sent/);
    const [call] = await readOutbox(page);
    // The page is just sending it, as far as the service worker can tell; which leaves the rest to the browser, for later.
    const letGo = await holdLock(page, `buji-outbox-${call?.id}`);
    await tapNotification(phone, 'undo');
    await waitFor(async () => (await readSyncTags(page)).includes('outbox'));
    await untilTold(page, /^Taken back on this phone\./);
    await letGo();
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await untilTold(page, /^Taken back\. It is gone for everybody\.$/);
    expect(await readOutbox(page)).toEqual([]);
  });

  it('is on the page that was open all the while, with the button that takes it back', async () => {
    const { phone, page } = await showAlert();
    await page.evaluate(() => document.body.setAttribute('data-not-reloaded', ''));
    await tapNotification(phone, 'help');
    await untilTold(page, /^Sent/);
    await page.locator('body[data-not-reloaded] #outbox [data-state=sent] .badge.help').waitFor();
    await page.click('#outbox form[action$="/retract"] button');
    await page.locator('#last', { hasText: 'You have not sent anything yet.' }).waitFor();
  });
});

describe('the language of a notification', () => {
  it('is the one that its person chose on joining, not the browser’s', async () => {
    const { page } = await showAlert({ chosen: 'ja' });
    expect(await readNotifications(page)).toMatchObject([{ actions: ['無事です', '助けて'] }]);
  });
});

describe('the page that an alert leads to', () => {
  it('answers without JavaScript, posts nothing by being opened, and then says that I have answered', async () => {
    const mum = await openPhone(browser, service.origin, { javaScriptEnabled: false });
    const ken = await openPhone(browser, service.origin);
    await start(mum.page, 'Mum');
    const { inviteUrl, circleId } = await makeCircle(mum.page, 'Family');
    await join(ken.page, inviteUrl, 'Ken');
    await ken.page.goto('/');
    await tap(ken.page, 'hurt');
    await ken.page.locator('#outbox [data-state=sent]').waitFor();

    await mum.page.goto(`/circles/${circleId}/settings`);
    const ids = await mum.page
      .locator('.people a')
      .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).pathname));
    const kensPage = ids.map((path) => `/answer/${circleId}/${path.split('/').at(-1)}`);
    for (const path of kensPage) await mum.page.goto(path);
    const about = await waitFor(async () => {
      for (const path of kensPage) {
        await mum.page.goto(path);
        if ((await mum.page.textContent('h1'))?.includes('Ken')) return mum.page.locator('.answer .row.hurt');
      }
      return null;
    });
    await waitFor(async () => {
      await mum.page.reload();
      return (await about.count()) === 1;
    });
    expect(await mum.page.locator('#last .badge').count()).toBe(0);
    const answerUrl = mum.page.url();
    for (const condition of ['ok', 'help'] as const) {
      const box = await mum.page.locator(`button.condition.${condition}`).boundingBox();
      expect(box && box.y + box.height).toBeLessThanOrEqual(PHONE.height);
    }
    await Promise.all([mum.page.waitForURL('**/'), mum.page.tap('button.condition.ok')]);
    await mum.page.goto(answerUrl);
    await mum.page.locator('#last .badge.ok').waitFor();

    await mum.page.goto('/settings');
    await mum.page.click('form[action="/sign-out"] button');
    expect((await mum.page.goto(answerUrl))?.status()).toBe(401);
    await mum.page.click('a[href^="/recover"]');
    expect(await mum.page.inputValue('input[name=next]')).toBe(new URL(answerUrl).pathname);
  });
});
