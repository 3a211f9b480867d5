import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AXE, findBarriers } from './find-barriers.ts';
import { findFarConditions, findMisfits, findMisfitsEnlarged, SMALL_PHONE } from './find-misfits.ts';
import { openBrowser, PHONE } from './open-browser.ts';
import { openScreen } from './open-screen.ts';
import { type ScreenWorld, startScreenWorld } from './screen-world.ts';
import { SCREENS } from './screens.ts';

let world: ScreenWorld;
let browser: Browser;

beforeAll(async () => {
  [world, browser] = await Promise.all([startScreenWorld(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await world?.stop();
});

describe.each(['en', 'ja', 'ja-easy'] as const)('in %s', (locale) => {
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
