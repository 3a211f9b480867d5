import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findMisfits, SMALL_PHONE } from './find-misfits.ts';
import { openScreen } from './open-screen.ts';
import { type ScreenWorld, startScreenWorld } from './screen-world.ts';
import { SCREENS, screenOf } from './screens.ts';
import { useBrowser } from './use-browser.ts';
import { tap } from './walk.ts';

let world: ScreenWorld;
const browser = useBrowser();

beforeAll(async () => {
  world = await startScreenWorld();
});
afterAll(() => world?.stop());

/** Where a condition is shown: its word, and how its icon stands out from what is behind it (a ratio as in WCAG 1.4.11). */
function readConditions(page: Page) {
  return page.evaluate(() => {
    const readColour = (text: string) => (text.match(/[\d.]+/g) ?? []).map(Number);
    const luminance = (text: string) => {
      const [red = 0, green = 0, blue = 0] = readColour(text).map((part) => {
        const share = part / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const groundOf = (element: Element | null): string => {
      if (!element) return getComputedStyle(document.documentElement).backgroundColor;
      const { backgroundColor } = getComputedStyle(element);
      return readColour(backgroundColor)[3] === 0 ? groundOf(element.parentElement) : backgroundColor;
    };
    const shown = [...document.querySelectorAll('.condition, .badge:not(.tally *), .counts li, .tally li')].filter((element) =>
      element.checkVisibility(),
    );
    return shown.map((element) => {
      const icon = element.querySelector('svg.icon');
      const [low = 0, high = 0] = [icon ? getComputedStyle(icon).stroke : '', groundOf(icon)]
        .map(luminance)
        .sort((a, b) => a - b);
      const { width = 0 } = icon?.getBoundingClientRect() ?? {};
      return { word: element.textContent?.replace(/\d/g, '').trim(), ratio: (high + 0.05) / (low + 0.05), width };
    });
  });
}

describe('in the system’s own colours', () => {
  it.each(SCREENS.filter(({ name }) => /^(home|board|person|answer)/.test(name)))(
    '$name tells every condition by a word and an icon',
    async (screen) => {
      const { phone, page } = await openScreen(browser, world, screen);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ forcedColors: 'active', colorScheme });
        for (const { word, ratio, width } of await readConditions(page)) {
          expect(word).not.toBe('');
          expect(width, word).toBeGreaterThan(12);
          expect(ratio, word).toBeGreaterThanOrEqual(3);
        }
      }
      await phone.close();
    },
  );
});

/** Of a button: what it is drawn in and what its words are. As the design gives them, found for colour-blind safety. */
const COLOURS = {
  light: {
    ok: ['rgb(0, 61, 46)', 'rgb(255, 255, 255)'],
    evacuated: ['rgb(52, 96, 251)', 'rgb(255, 255, 255)'],
    hurt: ['rgb(255, 212, 61)', 'rgb(0, 0, 0)'],
    help: ['rgb(212, 56, 13)', 'rgb(255, 255, 255)'],
  },
  dark: {
    ok: ['rgb(44, 224, 160)', 'rgb(0, 0, 0)'],
    evacuated: ['rgb(112, 150, 248)', 'rgb(0, 0, 0)'],
    hurt: ['rgb(255, 241, 0)', 'rgb(0, 0, 0)'],
    help: ['rgb(255, 106, 61)', 'rgb(0, 0, 0)'],
  },
};

describe('by day and by night', () => {
  it.each(['light', 'dark'] as const)('the four conditions have their colours: %s', async (colorScheme) => {
    const { phone, page } = await openScreen(browser, world, screenOf('home-first'));
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const shown = await page.locator('.condition').evaluateAll((buttons) =>
      buttons.map((button) => {
        const { backgroundColor, color } = getComputedStyle(button);
        return [button.getAttribute('value'), [backgroundColor, color]];
      }),
    );
    expect(Object.fromEntries(shown)).toEqual(COLOURS[colorScheme]);
    await phone.close();
  });

  it('no answer has none: an outline and a question mark', async () => {
    const { phone, page } = await openScreen(browser, world, screenOf('board'));
    const row = page.locator('.row.silent').first();
    const { background, border } = await row.evaluate((element) => {
      const { backgroundColor, borderTopStyle, borderTopWidth } = getComputedStyle(element);
      return { background: backgroundColor, border: `${borderTopStyle} ${borderTopWidth}` };
    });
    expect([background, border]).toEqual(['rgba(0, 0, 0, 0)', 'solid 2px']);
    expect(
      await page
        .locator('.counts .silent use, .counts .silent svg')
        .first()
        .evaluate((icon) => icon.outerHTML),
    ).toMatch(/silent/);
    await phone.close();
  });
});

describe('with larger letters, as chosen in the settings', () => {
  it.each(['home-sent', 'board', 'settings'])('%s has them, and fits on the smallest phone', async (name) => {
    const { phone, page } = await openScreen(browser, world, screenOf(name));
    await page.setViewportSize(SMALL_PHONE);
    const readSize = () => page.locator('h1').evaluate((title) => parseFloat(getComputedStyle(title).fontSize));
    const normal = await readSize();
    for (const [size, factor] of [
      ['large', 1.2],
      ['largest', 1.5],
    ] as const) {
      await phone.addCookies([{ name: 'size', value: size, url: world.service.origin }]);
      await page.reload();
      expect(await readSize()).toBeGreaterThanOrEqual(normal * factor);
      expect(await findMisfits(page)).toEqual([]);
    }
    await phone.close();
  });
});

describe('the four buttons with larger letters', () => {
  it.each(['ja', 'ja-easy', 'en'] as const)('stand on the screen and stay there after a tap, in %s', async (locale) => {
    const { phone, page } = await openScreen(browser, world, screenOf('home-sent'), { locale });
    // By the layout alone: a button that is being pressed is drawn a little smaller.
    const readPlaces = () =>
      page
        .locator('.condition')
        .evaluateAll((buttons) =>
          (buttons as HTMLElement[]).map(({ offsetTop, offsetHeight }) => ({ top: offsetTop, bottom: offsetTop + offsetHeight })),
        );
    for (const size of ['large', 'largest']) {
      await phone.addCookies([{ name: 'size', value: size, url: world.service.origin }]);
      await page.reload();
      const before = await readPlaces();
      expect(Math.max(...before.map(({ bottom }) => bottom))).toBeLessThanOrEqual(640);
      // The same twice would be a repetition, and show nothing new.
      await tap(page, size === 'large' ? 'ok' : 'evacuated');
      await page.locator('#outbox [data-state=sent]').waitFor();
      expect(await readPlaces()).toEqual(before);
    }
    await phone.close();
  });
});

describe('without motion', () => {
  it('nothing moves for who asks for that', async () => {
    const { phone, page } = await openScreen(browser, world, screenOf('home-sent'));
    const listMoving = () =>
      page.evaluate(() =>
        [...document.querySelectorAll('*')]
          .filter((element) => {
            const { transitionDuration, animationName } = getComputedStyle(element);
            return transitionDuration !== '0s' || animationName !== 'none';
          })
          .map((element) => element.className),
      );
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    expect(await listMoving()).toHaveLength(4);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    expect(await listMoving()).toEqual([]);
    await phone.close();
  });
});
