import type { Page, WebSocketRoute } from 'playwright-core';
import { makeUuidV7 } from '../../contract/uuid-v7.ts';
import { must, post } from '../client.ts';
import { openRedis } from '../private-redis.ts';
import { waitFor } from '../wait-for.ts';
import { deliver, stubSubscription } from './alerts-on-phone.ts';
import { untilActivated } from './open-browser.ts';
import { goOffline, untilKept } from './phone-pages.ts';
import type { ScreenWorld } from './screen-world.ts';
import { tap } from './walk.ts';

// What a person does, and what befalls them, until a screen of `screens.ts` is before their eyes.

/** Sends a form with nothing but a space in its field, which the browser lets through. */
export async function submitBlank(page: Page, field: string, action: string): Promise<void> {
  await page.fill(`input[name=${field}]`, ' ');
  await page.click(`form[action="${action}"] button`);
  await page.locator('.refusal').waitFor();
}

/** Becomes known, and is shown the recovery code. */
export async function startAnew(page: Page): Promise<void> {
  await page.fill('input[name=nickname]', 'Hana');
  await page.click('form[action="/start"] button');
  await page.locator('#recovery-code').waitFor();
}

/** Starts anew and is erased. */
export async function eraseAnew(page: Page): Promise<void> {
  await startAnew(page);
  await page.goto('/erase');
  await page.check('[name=sure]');
  await page.click('form[action="/erase"] button');
  await page.locator('#erased').waitFor();
}

/** Opens the link of a transfer code that the keeper has just made. */
export async function openTransfer(page: Page, { people }: ScreenWorld): Promise<void> {
  const { code } = await must<{ code: string }>(people.keeper, 201, 'POST', '/v1/transfer-codes');
  await page.goto(`/move/${code}`);
}

export async function tapAndSee(page: Page, state: 'waiting' | 'refused' | 'sent' | 'sign-in'): Promise<void> {
  await tap(page, 'ok');
  await page.locator(`#outbox [data-state=${state}]`).waitFor();
}

/** Unfolds everything. */
export async function openDetails(page: Page): Promise<void> {
  await page.locator('details:not([open]) > summary').evaluateAll((all) => {
    for (const summary of all) (summary as HTMLElement).click();
  });
}

/** Wants to leave a circle that nobody else keeps. */
export async function leaveAsLast(page: Page): Promise<void> {
  await openDetails(page);
  await page.click('form[action$="/leave"] button');
  await page.locator('.refusal').waitFor();
}

/** The network takes no status. */
export async function failPosts(page: Page): Promise<void> {
  await page.route('**/v1/statuses', (route) => route.abort());
}

/** Taps for a circle that one is not in (any more). */
export async function tapForStrangers(page: Page): Promise<void> {
  const circle = page.locator('[name=circles]').first();
  await circle.evaluate((box, id) => box.setAttribute('value', id), makeUuidV7(Date.now()));
  await tapAndSee(page, 'refused');
}

export async function chooseNobody(page: Page): Promise<void> {
  for (const box of await page.locator('[name=circles]').all()) await box.uncheck();
  await tap(page, 'ok');
  await page.locator('.refusal').waitFor();
}

/** The connection is lost before the page's script has come: the page works by its forms alone. */
export async function loseScript(page: Page): Promise<void> {
  await page.route('**/*.js', (route) => route.abort());
}

export async function allowAlerts(page: Page, { service, pushService }: ScreenWorld): Promise<void> {
  await stubSubscription(page.context(), pushService);
  await page.context().grantPermissions(['notifications'], { origin: service.origin });
}

/** The browser has no alerts for pages, as Safari on an iPhone outside of the home screen. */
export function lackAlerts(page: Page): Promise<unknown> {
  return page.addInitScript(() => {
    Reflect.deleteProperty(globalThis, 'PushManager');
  });
}

/** Only what is named is granted, and everything else refused. */
export function denyAlerts(page: Page, { service }: ScreenWorld): Promise<void> {
  return page.context().grantPermissions(['geolocation'], { origin: service.origin });
}

/** Posts by the form alone while the service can keep nothing. */
export async function postInVain(page: Page, { redis }: ScreenWorld): Promise<void> {
  const store = openRedis(redis.url);
  const [, memory] = (await store.config('GET', 'maxmemory')) as [string, string];
  try {
    await store.config('SET', 'maxmemory', '1');
    await tap(page, 'ok');
    await page.locator('form[action="/statuses"] [name=id]').waitFor({ state: 'attached' });
  } finally {
    await store.config('SET', 'maxmemory', memory);
    store.disconnect();
  }
}

/** The board's socket is refused again and again. */
export async function closeSockets(page: Page): Promise<void> {
  // A board asks by HTTP at any time within ten seconds of that.
  await page.addInitScript(() => {
    Math.random = () => 0.1;
  });
  await page.routeWebSocket('**/v1/live', (socket) => socket.close());
}

/** Nothing more is answered, once the page is there. */
export async function loseService(page: Page): Promise<void> {
  await closeSockets(page);
  await page.route('**/v1/**', (route) => route.abort());
}

/** Is at the rows of a live board when somebody answers. */
export async function readOnWhileNews(page: Page, { ken }: ScreenWorld): Promise<void> {
  await page.locator('.live').waitFor();
  await page.evaluate(() => scrollTo(0, 60));
  await post(ken, 'ok');
  await page.locator('.pill').waitFor();
}

/**
 * The service says that its boards are behind, as it does when it is; all else is the real connection.
 * @returns says it anew
 */
export async function tellLag(page: Page): Promise<(seconds: number) => void> {
  const sockets: WebSocketRoute[] = [];
  const tell = (socket: WebSocketRoute, seconds: number) => socket.send(JSON.stringify({ t: 'lag', seconds }));
  await page.routeWebSocket('**/v1/live', (socket) => {
    const service = socket.connectToServer();
    service.onMessage((text) => {
      socket.send(text);
      if (JSON.parse(String(text)).t === 'synced') tell(socket, 42);
    });
    sockets.push(socket);
  });
  return (seconds) => {
    for (const socket of sockets) tell(socket, seconds);
  };
}

async function endSession(page: Page, { service }: ScreenWorld): Promise<void> {
  await page.context().addCookies([{ name: 'session', value: 'ended', url: service.origin }]);
}

/** Is signed out from another phone while the page is open, and taps. */
export async function tapSignedOut(page: Page, world: ScreenWorld): Promise<void> {
  await endSession(page, world);
  await tapAndSee(page, 'sign-in');
}

/** The same, and takes back what was sent before. */
export async function takeBackSignedOut(page: Page, world: ScreenWorld): Promise<void> {
  await endSession(page, world);
  await page.click('#last button');
  await page.locator('#outbox a[href="/recover"]').waitFor();
}

/** Cannot send, and taps again and again. */
export async function tapSeveral(page: Page): Promise<void> {
  for (const condition of ['ok', 'evacuated', 'help', 'ok'] as const) {
    await tap(page, condition);
    await page.locator(`#outbox [data-state=waiting] .badge.${condition}`).waitFor();
  }
}

/** Cannot send, and is signed out from another phone before the page is opened again. */
export async function leaveWaiting(page: Page, world: ScreenWorld): Promise<void> {
  await tapSeveral(page);
  await endSession(page, world);
  await page.goto('/');
  await page.locator('#outbox .notice').waitFor();
}

/** Sends a form without a network, with the service worker at work. */
export async function postOffline(page: Page): Promise<void> {
  await untilActivated(page);
  await page.reload();
  await goOffline(page);
  await page.click('form.languages button[aria-current]');
  await page.locator('#no-answer').waitFor();
}

/** Turns alerts on; the browser maker's push service is ours. */
export async function turnOnAlerts(page: Page): Promise<void> {
  await page.click('#alerts-enable');
  await page.locator('#alerts-test').waitFor();
}

/** Turns alerts on and has a test alert sent, which comes. */
export async function testAlerts(page: Page, { pushService }: ScreenWorld): Promise<void> {
  await turnOnAlerts(page);
  const before = pushService.delivered().length;
  await page.click('#alerts-test');
  const push = await waitFor(() => pushService.delivered()[before]);
  await deliver(page, JSON.stringify(push.payload));
  await page.locator('#alerts-reached:not([hidden])', { hasText: /\d\d:\d\d/ }).waitFor();
}

/** Opens the page once with the service worker at work, and again without a network. */
export async function openAgainOffline(page: Page): Promise<void> {
  await untilActivated(page);
  await page.reload();
  await untilKept(page, new URL(page.url()).pathname);
  await goOffline(page);
  await page.reload();
  await page.locator('#offline-copy').waitFor();
}

/** A call for help that nobody has heard, on a page whose clock the test turns. */
export async function callAgain(page: Page, world: ScreenWorld): Promise<void> {
  await world.callAgain();
  await page.clock.install();
}

/** Lets more than a minute pass on a page whose call for help nobody confirms. */
export async function waitInVain(page: Page): Promise<void> {
  await page.clock.runFor(70_000);
  await page.locator('.unconfirmed').waitFor();
}
