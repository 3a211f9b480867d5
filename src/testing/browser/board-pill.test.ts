import { describe, expect, it } from 'vitest';
import { type Client, createClient, post } from '../client.ts';
import { openPhone } from './open-browser.ts';
import { useBrowser, useRunning } from './use-browser.ts';
import { makeCircle, rowOf, start } from './walk.ts';

const service = useRunning({ topology: 'one' });
const browser = useBrowser();

/** Mum's live board of a circle with these others, nobody of whom has answered. */
async function openBoard(nicknames: string[]) {
  const { page } = await openPhone(browser, service.origin);
  await start(page, 'Mum');
  const { inviteUrl, circleId } = await makeCircle(page, 'Family');
  const invite = inviteUrl.split('/').at(-1) ?? '';
  const others: Client[] = [];
  for (const nickname of nicknames) others.push(await createClient(service, { nickname, invite }));
  await page.goto(`/circles/${circleId}`);
  await page.locator('.live').waitFor();
  return { page, others };
}

describe('a board whose reader is at its rows', () => {
  it('changes them in place, offers what is new, and arranges it at a tap', async () => {
    const { page, others } = await openBoard(['Aki', 'Ben', 'Cho', 'Dan', 'Eri', 'Fuji', 'Goro', 'Hana', 'Ito']);
    const namesNow = () => page.locator('.who a').allTextContents();
    const before = await namesNow();

    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    const [, ben, cho] = others;
    if (!ben || !cho) throw new Error('nine others');
    await post(ben, 'ok', {});
    await rowOf(page, 'Ben').locator('.badge.ok').waitFor();
    await post(cho, 'help', {});
    await rowOf(page, 'Cho').locator('.badge.help').waitFor();
    expect(await namesNow()).toEqual(before);
    expect(await page.locator('.counts .help b').textContent()).toBe('1');
    expect(await page.locator('#announce').textContent()).toBe('Cho: Needs help');
    expect(await page.locator('.pill').textContent()).toBe('2 new answers');

    await page.tap('.pill');
    await page.locator('.pill').waitFor({ state: 'detached' });
    expect((await namesNow())[0]).toBe('Cho');
    expect((await namesNow()).at(-1)).toBe('Ben');
    expect(await page.evaluate(() => [scrollY, document.activeElement?.id])).toEqual([0, 'main']);

    await post(ben, 'hurt', {});
    await rowOf(page, 'Ben').locator('.badge.hurt').waitFor();
    expect((await namesNow()).slice(0, 2)).toEqual(['Cho', 'Ben']);
    expect(await page.locator('.pill').count()).toBe(0);
  });

  it('keeps the offer under whoever stands on it with a keyboard, though the page is at its top by then', async () => {
    const { page, others } = await openBoard(['Aki', 'Ben', 'Cho', 'Dan', 'Eri']);
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    const [aki, ben] = others;
    if (!aki || !ben) throw new Error('five others');
    await post(aki, 'ok', {});
    await page.locator('.pill').focus();
    await page.evaluate(() => scrollTo(0, 0));
    await post(ben, 'help', {});
    await page.locator('.pill', { hasText: '2 new answers' }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.className)).toContain('pill');
    await page.keyboard.press('Enter');
    await page.locator('.pill').waitFor({ state: 'detached' });
    expect((await page.locator('.who a').allTextContents())[0]).toBe('Ben');
  });
});
