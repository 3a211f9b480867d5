import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LOCALES } from '../../contract/people.ts';
import { AXE, findBarriers } from './find-barriers.ts';
import { findFarConditions, findMisfits, findMisfitsEnlarged, SMALL_PHONE } from './find-misfits.ts';
import { PHONE } from './open-browser.ts';
import { gotoServed, openPhoneOf, openScreen, pathOf } from './open-screen.ts';
import { type ScreenWorld, startScreenWorld } from './screen-world.ts';
import { SCREENS, screenOf } from './screens.ts';
import { useBrowser } from './use-browser.ts';

let world: ScreenWorld;
const browser = useBrowser();

beforeAll(async () => {
  world = await startScreenWorld();
});
afterAll(() => world?.stop());

it('what sticks out of a screen is found', async () => {
  const { phone, page } = await openScreen(browser, world, screenOf('home-first'));
  await page.locator('.condition.ok').evaluate((button) => {
    (button as HTMLElement).style.minWidth = '400px';
  });
  const found = await findMisfits(page);
  expect(found).toContainEqual(expect.stringMatching(/^the page is 4\d\d px wide of 360$/));
  expect(found).toContainEqual(expect.stringMatching(/leaves the screen$/));
  await phone.close();
});

/** Written with care; the others are complete, and measured. */
const MAIN = ['en', 'ja', 'ja-easy'] as const;

describe.each(MAIN)('in %s', (locale) => {
  beforeAll(() => world.speak(locale));

  it.each(SCREENS)('$name can be used by everybody, by day and by night, with any letters', async (screen) => {
    const { phone, page } = await openScreen(browser, world, screen, { locale, initScript: AXE });
    const found = [...(await findBarriers(page)), ...(await findMisfits(page)), ...(await findFarConditions(page))];
    for (const size of [PHONE, SMALL_PHONE]) {
      await page.setViewportSize(size);
      found.push(...(await findMisfitsEnlarged(page)));
    }
    expect(found).toEqual([]);
    await phone.close();
  });
});

/** The screens that need no more than to be opened. */
const PLAIN = SCREENS.filter(({ before, act, hasWorker }) => !before && !act && !hasWorker);

describe.each(LOCALES.filter((locale) => !MAIN.some((main) => main === locale)))('in %s', (locale) => {
  beforeAll(() => world.speak(locale));

  it.each([...new Set(PLAIN.map(({ who }) => who))])(
    'the pages of %s fit, also on the smallest phone with letters of twice the size',
    async (who) => {
      const { phone, page } = await openPhoneOf(browser, world, who, { locale });
      for (const screen of PLAIN.filter((plain) => plain.who === who)) {
        await page.setViewportSize(PHONE);
        await page.setExtraHTTPHeaders(screen.userAgent ? { 'user-agent': screen.userAgent } : {});
        await gotoServed(page, pathOf(world, screen));
        const found = [...(await findMisfits(page)), ...(await findFarConditions(page))];
        await page.setViewportSize(SMALL_PHONE);
        found.push(...(await findMisfitsEnlarged(page)));
        expect(found, screen.name).toEqual([]);
      }
      await phone.close();
    },
  );
});
