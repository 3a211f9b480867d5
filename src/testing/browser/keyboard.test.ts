import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { post } from '../client.ts';
import { waitFor } from '../wait-for.ts';
import { openPhone } from './open-browser.ts';
import { openScreen } from './open-screen.ts';
import { type ScreenWorld, startScreenWorld } from './screen-world.ts';
import { SCREENS, type Screen, screenOf } from './screens.ts';
import { useBrowser } from './use-browser.ts';
import { rowOf } from './walk.ts';

let world: ScreenWorld;
const browser = useBrowser();

beforeAll(async () => {
  world = await startScreenWorld();
});
afterAll(() => world?.stop());

/** More than any page has to stop at. */
const STOPS_MAX = 150;

/** Presses Tab from the top until the page ends, and answers what had the focus, in order, and what showed no outline. */
async function tabThrough(page: Page): Promise<{ stops: string[]; unseen: string[] }> {
  const stops: string[] = [];
  const unseen: string[] = [];
  await page.evaluate(() => {
    const top = document.createElement('span');
    top.tabIndex = -1;
    document.body.prepend(top);
    top.focus();
  });
  for (let press = 0; press < STOPS_MAX; press += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      const { width, height, left, right } = element.getBoundingClientRect();
      const { clientWidth } = document.documentElement;
      const isSeen =
        outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && width > 1 && height > 1 && left < clientWidth && right > 0;
      return { name: element.getAttribute('data-stop') ?? element.outerHTML.slice(0, 80), isSeen };
    });
    if (!stop) return { stops, unseen };
    stops.push(stop.name);
    if (!stop.isSeen) unseen.push(stop.name);
  }
  throw new Error(`no end after ${STOPS_MAX} stops`);
}

/** Numbers what a finger can use, in the order in which it is read; of the buttons of one choice, the chosen one. */
function numberTargets(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('a[href], button, summary, select, textarea, input')]
      .filter((element) => element.checkVisibility() && !element.matches(':disabled, [type=hidden], [type=radio]:not(:checked)'))
      .map((element, index) => {
        const name = `${index} ${element.tagName} ${(element.textContent ?? '').trim().slice(0, 30)}`;
        element.setAttribute('data-stop', name);
        return name;
      }),
  );
}

describe('with a keyboard alone', () => {
  it.each(SCREENS)('$name is reached in the order in which it is read, and the focus is seen', async (screen: Screen) => {
    const { phone, page } = await openScreen(browser, world, screen);
    const targets = await numberTargets(page);
    const { stops, unseen } = await tabThrough(page);
    expect(stops).toEqual(targets);
    expect(unseen).toEqual([]);
    await phone.close();
  });

  it('somebody joins, says OK and reads the board', async () => {
    const { phone, page } = await openPhone(browser, world.service.origin);
    const tabTo = async (selector: string) => {
      for (let press = 0; press < STOPS_MAX; press += 1) {
        if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`no way to ${selector}`);
    };
    await page.goto(`/join/${world.invites.open}`);
    await tabTo('input[name=nickname]');
    await page.keyboard.type('Hana');
    await page.keyboard.press('Enter');
    await page.locator('#recovery-code').waitFor();
    await tabTo('form[action="/welcome"] button');
    await page.keyboard.press('Enter');
    await page.locator('#board').waitFor();
    await tabTo('main a.button[href="/"]');
    await page.keyboard.press('Enter');
    await page.locator('button.condition').first().waitFor();
    await tabTo('button.condition.ok');
    await page.keyboard.press('Space');
    await page.locator('#outbox [data-state=sent]').waitFor();
    await tabTo('.circles li a');
    await page.keyboard.press('Enter');
    await rowOf(page, 'Hana').locator('.badge.ok').waitFor();
    await phone.close();
  });
});

/** Everything that a screen reader is told from now on. */
function listen(page: Page): Promise<void> {
  return page.evaluate(() => {
    const said: string[] = [];
    Object.assign(globalThis, { said });
    for (const place of document.querySelectorAll('[aria-live], [role=status], [role=alert]')) {
      new MutationObserver(() => place.textContent && said.push(place.textContent)).observe(place, {
        childList: true,
        characterData: true,
        subtree: true,
      });
    }
  });
}

const heard = (page: Page) => page.evaluate(() => (globalThis as unknown as { said: string[] }).said);

describe('somebody who listens', () => {
  it('is told once that a tap is saved, and once that it is sent', async () => {
    const { phone, page } = await openScreen(browser, world, screenOf('home-first'));
    await listen(page);
    await page.focus('button.condition.evacuated');
    await page.keyboard.press('Enter');
    // It is asked how far it has come after it was sent; that it was is said within the same look, or the next.
    await page.locator('#outbox [data-status]', { hasText: 'shown in' }).waitFor();
    await waitFor(async () => (await heard(page)).length > 1);
    expect(await heard(page)).toEqual([
      expect.stringMatching(/^Evacuated: Saved on this phone/),
      expect.stringMatching(/^Evacuated: Sent/),
    ]);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('value'))).toBe('evacuated');
    await phone.close();
  });

  it('stays on the same person of a live board when others answer, and when that person does', async () => {
    const { phone, page } = await openScreen(browser, world, screenOf('board'));
    const link = rowOf(page, 'Grandma').locator('.who a');
    await link.focus();
    await listen(page);
    await post(world.ken, 'hurt');
    await rowOf(page, 'Ken').locator('.badge.hurt').waitFor();
    expect(await link.evaluate((element) => element === document.activeElement)).toBe(true);
    await post(world.people.member, 'ok');
    await rowOf(page, 'Grandma').locator('.badge.ok').waitFor();
    expect(await link.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await heard(page)).toEqual(['Ken: Hurt', 'Grandma: OK']);
    await phone.close();
  });
});
