import { request as ask, createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Circle, NewInvite } from '../../contract/circles.ts';
import { type Client, createCircle, createClient, must, readBoard } from '../client.ts';
import { waitFor } from '../wait-for.ts';
import { openPhone } from './open-browser.ts';
import { useBrowser, useRunning } from './use-browser.ts';
import { keepCode } from './walk.ts';

const service = useRunning();
const browser = useBrowser();

/** What becomes of the answers to forms, once the service has given them. */
let treat: (answer: IncomingMessage) => Promise<'pass' | 'cut'> = async () => 'pass';
let answered = 0;
let network: Server;
let origin: string;
beforeAll(async () => {
  // A network between phone and service, which loses answers.
  network = createServer((incoming, outgoing) => {
    const { method = 'GET', url = '/', headers } = incoming;
    const upstream = ask(new URL(url, service.origin), { method, headers }, async (answer) => {
      if (method === 'POST') {
        answered += 1;
        if ((await treat(answer)) === 'cut') return outgoing.destroy();
      }
      outgoing.writeHead(answer.statusCode ?? 500, answer.rawHeaders);
      return answer.pipe(outgoing);
    });
    upstream.on('error', () => outgoing.destroy());
    incoming.pipe(upstream);
  });
  await new Promise<void>((resolve) => network.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(network.address() as AddressInfo).port}`;
});
afterAll(() => {
  network?.closeAllConnections();
  network?.close();
});

beforeEach(() => {
  treat = async () => 'pass';
  answered = 0;
});

async function makeFamily(maxUses = 3): Promise<{ keeper: Client; circle: Circle; path: string }> {
  const keeper = await createClient(service, { nickname: 'Mum' });
  const circle = await createCircle(keeper);
  const invite = await must<NewInvite>(keeper, 201, 'POST', `/v1/circles/${circle.id}/invites`, { maxUses });
  return { keeper, circle, path: `/join/${invite.token}` };
}

async function listNames(keeper: Client, circle: Circle): Promise<string[]> {
  return (await readBoard(keeper, circle)).members.map(({ member }) => member.nickname).sort();
}

async function readUses(keeper: Client, circle: Circle): Promise<number | undefined> {
  const { invites } = await must<{ invites: { uses: number }[] }>(keeper, 200, 'GET', `/v1/circles/${circle.id}/invites`);
  return invites[0]?.uses;
}

const pressJoin = (page: Page) => page.click('form[action^="/join/"] button', { noWaitAfter: true });

/**
 * Waits for the browser's own error page, or for ours where the service worker was there in time. A page that is just going is
 * given up soon: Chromium may never say what it was called.
 */
const untilCut = (page: Page) =>
  waitFor(
    async () =>
      page.url().startsWith('chrome-error:') ||
      (await page
        .locator('h1', { hasText: 'Buji cannot be reached' })
        .waitFor({ timeout: 500 })
        .then(() => true)),
    { timeoutMs: 20_000 },
  );

describe.each([true, false])('joining where answers get lost (with script: %s)', (javaScriptEnabled) => {
  it('makes one member of whoever goes back and joins again', async () => {
    const { keeper, circle, path } = await makeFamily();
    const { page } = await openPhone(browser, origin, { javaScriptEnabled });
    await page.goto(path);
    await page.fill('input[name=nickname]', 'Granny');
    treat = async () => 'cut';
    await pressJoin(page);
    await untilCut(page);
    expect(answered).toBeGreaterThan(0);
    treat = async () => 'pass';
    await page.goto(path);
    await page.fill('input[name=nickname]', 'Granny');
    await pressJoin(page);
    await page.waitForURL('**/welcome');
    const { recoveryCode } = await keepCode(page);
    expect(await page.textContent('h1')).toContain(circle.name);
    expect(await listNames(keeper, circle)).toEqual(['Granny', 'Mum']);
    expect(await readUses(keeper, circle)).toBe(1);
    const other = await openPhone(browser, origin, { javaScriptEnabled });
    await other.page.goto('/recover');
    await other.page.fill('input[name=recoveryCode]', recoveryCode);
    await other.page.click('form[action="/recover"] button');
    await keepCode(other.page);
    expect(await listNames(keeper, circle)).toEqual(['Granny', 'Mum']);
  });

  it('lets in whose lost answer took the last use of the invite, and nobody else', async () => {
    const { keeper, circle, path } = await makeFamily(1);
    const { page } = await openPhone(browser, origin, { javaScriptEnabled });
    await page.goto(path);
    await page.fill('input[name=nickname]', 'Granny');
    treat = async () => 'cut';
    await pressJoin(page);
    await untilCut(page);
    treat = async () => 'pass';
    const other = await openPhone(browser, origin, { javaScriptEnabled });
    await other.page.goto(path);
    expect(await other.page.locator('form[action^="/join/"]').count()).toBe(0);
    await page.goto(path);
    await page.fill('input[name=nickname]', 'Grandpa');
    await pressJoin(page);
    await page.waitForSelector('.refusal');
    await page.fill('input[name=nickname]', 'Granny');
    await pressJoin(page);
    await page.waitForURL('**/welcome');
    expect(await listNames(keeper, circle)).toEqual(['Granny', 'Mum']);
  });

  it('lets the next one on the same phone in as themselves', async () => {
    const { keeper, circle, path } = await makeFamily();
    const { page } = await openPhone(browser, origin, { javaScriptEnabled });
    for (const nickname of ['Granny', 'Grandpa', 'Granny']) {
      await page.goto(path);
      await page.fill('input[name=nickname]', nickname);
      await pressJoin(page);
      await page.waitForURL('**/welcome');
      await keepCode(page);
      await page.goto('/settings');
      expect(await page.inputValue('input[name=nickname]')).toBe(nickname);
      await page.click('form[action="/sign-out"] button');
      await page.waitForURL(`${origin}/`);
    }
    expect(await listNames(keeper, circle)).toEqual(['Grandpa', 'Granny', 'Granny', 'Mum']);
  });
});

it('makes one member of a double tap, and signs in whoever tapped', async () => {
  const { keeper, circle, path } = await makeFamily();
  const { page } = await openPhone(browser, origin, { javaScriptEnabled: false });
  await page.goto(path);
  await page.fill('input[name=nickname]', 'Granny');
  // The first answer is on its way until the second one is there.
  treat = async () => {
    await waitFor(() => answered > 1);
    return 'pass';
  };
  const button = await page.locator('form[action^="/join/"] button').boundingBox();
  const tap = () => page.touchscreen.tap((button?.x ?? 0) + 10, (button?.y ?? 0) + 10);
  await tap();
  await waitFor(() => answered > 0);
  await tap();
  await waitFor(() => page.url() === `${origin}/welcome`);
  treat = async () => 'pass';
  await keepCode(page);
  await page.goto('/settings');
  expect(await page.inputValue('input[name=nickname]')).toBe('Granny');
  expect(await page.locator('.devices li').count()).toBe(1);
  expect(await listNames(keeper, circle)).toEqual(['Granny', 'Mum']);
});
