import { mkdir } from 'node:fs/promises';
import { join as joinPath } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { Condition } from '../contract/statuses.ts';
import { openBrowser, openPhone, PHONE } from '../testing/browser/open-browser.ts';
import { join, makeCircle, start } from '../testing/browser/walk.ts';

/**
 * Takes the README's pictures of a running service, which gets a small family for it. Run by hand when the pages have
 * changed (Node 26 reads TypeScript): `node src/dev/take-screenshots.ts http://localhost:3000`.
 */
const folder = joinPath(import.meta.dirname, '../app/screenshots');
const origin = process.argv[2] ?? 'http://localhost:3000';

const FAMILY: { nickname: string; condition?: Condition; note?: string; place?: string }[] = [
  { nickname: 'Dad', condition: 'evacuated', place: 'Aoba school, gym' },
  { nickname: 'Yuki', condition: 'help', note: 'The stairs are gone. Third floor, with Taro.' },
  { nickname: 'Grandma' },
  { nickname: 'Ken', condition: 'ok', note: 'At work, walking home.' },
  { nickname: 'Maria', condition: 'hurt', note: 'Only my hand.' },
];

const browser = await openBrowser();
try {
  await mkdir(folder, { recursive: true });
  const mum = await openPhone(browser, origin, { deviceScaleFactor: 1 });
  await start(mum.page, 'Mum');
  const { inviteUrl, circleId } = await makeCircle(mum.page, 'Yamada family');
  await makeCircle(mum.page, 'Class 3B parents');
  for (const member of FAMILY) await answer(browser, inviteUrl, member);

  await mum.page.goto('/');
  await mum.page.tap('button.condition.ok');
  await mum.page.locator('#outbox [data-status]').waitFor();
  await take(mum.page, 'home-en-light');
  await openBoard(mum.page, circleId);
  await take(mum.page, 'board-en-light');
  await mum.page.click('button[value=ja]');
  await mum.page.emulateMedia({ colorScheme: 'dark' });
  await openBoard(mum.page, circleId);
  await take(mum.page, 'board-ja-dark');
  await mum.page.goto('/');
  await mum.page.click('button[value=ja-easy]');
  await take(mum.page, 'home-ja-easy-dark');
} finally {
  await browser.close();
}

/** One of the family joins by the link and answers, on a phone of their own. */
async function answer(
  on: Browser,
  inviteUrl: string,
  { nickname, condition, note, place }: (typeof FAMILY)[number],
): Promise<void> {
  const { phone, page } = await openPhone(on, origin);
  await join(page, inviteUrl, nickname);
  if (condition) {
    await page.goto('/');
    await page.click('summary');
    if (note) await page.fill('[name=note]', note);
    if (place) await page.fill('[name=place]', place);
    await page.tap(`button.condition.${condition}`);
    await page.locator('#outbox [data-state=sent]').waitFor();
  }
  await phone.close();
}

async function openBoard(page: Page, circleId: string): Promise<void> {
  await page.goto(`/circles/${circleId}`);
  await page.locator('.live').waitFor();
}

async function take(page: Page, name: string): Promise<void> {
  await page.setViewportSize(PHONE);
  await page.evaluate(() => scrollTo(0, 0));
  await page.screenshot({ path: joinPath(folder, `${name}.png`) });
}
