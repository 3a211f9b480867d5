import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { LOCALES, type Locale } from '../../contract/people.ts';
import { languageOf } from '../../i18n/locales.ts';
import { translate } from '../../i18n/translate.ts';
import { SMALL_PHONE } from './find-misfits.ts';
import { openPhone, PHONE } from './open-browser.ts';
import { useBrowser, useRunning } from './use-browser.ts';
import { makeCircle, start } from './walk.ts';

const service = useRunning();
const browser = useBrowser();
/** Of one person with one circle, who changes her language from test to test. */
let page: Page;

beforeAll(async () => {
  ({ page } = await openPhone(browser, service.origin));
  await start(page, 'A nickname of 30 letters, long');
  await makeCircle(page, 'A family with a rather long name');
});

async function openHome(locale: Locale, viewport: { width: number; height: number }): Promise<void> {
  await page.setViewportSize(viewport);
  await page.goto('/');
  await page.click(`button[value=${locale}]`);
  await page.waitForSelector(`html[class="${locale}"]`);
  // Its first line is there before the rest of it.
  await page.waitForLoadState();
}

/** Where the elements of that kind stand, and whether each holds all of its text without breaking inside a word. */
async function boxesOf(selector: string) {
  return page.locator(selector).evaluateAll((elements) =>
    elements.map((element) => {
      const { x, y, width, height, right, bottom } = element.getBoundingClientRect();
      const range = document.createRange();
      range.selectNodeContents(element);
      const text = range.getBoundingClientRect();
      const isInside = text.left >= x && text.right <= right && text.top >= y && text.bottom <= bottom;
      const { style } = element as HTMLElement;
      style.overflowWrap = 'normal';
      const isBroken = element.scrollWidth > element.clientWidth;
      style.overflowWrap = '';
      return { x, y, width, height, isWhole: isInside && !isBroken };
    }),
  );
}

describe.each(LOCALES)('the pages in %s', (locale) => {
  it('have the four buttons under the thumb, large, each with all of its words', async () => {
    await openHome(locale, PHONE);
    const [help] = await boxesOf('.condition.help');
    const buttons = await boxesOf('.condition');
    expect(buttons).toHaveLength(4);
    for (const { x, y, width, height, isWhole } of buttons) {
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(64);
      expect(y).toBeGreaterThanOrEqual(PHONE.height / 3);
      expect(y + height).toBeLessThanOrEqual(PHONE.height);
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(PHONE.width);
      expect(isWhole).toBe(true);
    }
    const [numbers] = await boxesOf('.emergency a');
    expect(numbers && help && numbers.y - (help.y + help.height)).toBeLessThan(100);
    expect(numbers && numbers.y + numbers.height).toBeLessThanOrEqual(PHONE.height);
  });

  it('have them on the smallest phone too, without scrolling', async () => {
    await openHome(locale, SMALL_PHONE);
    for (const { x, y, width, height, isWhole } of await boxesOf('.condition')) {
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(64);
      expect(y + height).toBeLessThanOrEqual(SMALL_PHONE.height);
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(SMALL_PHONE.width);
      expect(isWhole).toBe(true);
    }
  });
});

describe('a first visit', () => {
  it('speaks the language of the browser, and the way to another one stands on top', async () => {
    const { page: visitor } = await openPhone(browser, service.origin, { locale: 'ne-NP' });
    await visitor.goto('/');
    expect(await visitor.getAttribute('html', 'lang')).toBe('ne');
    expect(await visitor.textContent('h1')).toBe(translate('ne', 'landing.title'));
    await visitor.tap('header a[href="#languages"]');
    await visitor.tap('#languages button[value=vi]');
    await visitor.waitForSelector(`html[lang="${languageOf('vi')}"]`);
    await start(visitor, 'Lan');
    await visitor.goto('/');
    expect(await visitor.getAttribute('html', 'lang')).toBe('vi');
  });
});
