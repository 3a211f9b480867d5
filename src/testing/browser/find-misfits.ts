import type { Page } from 'playwright-core';

/** The narrowest screen that still gets a browser of today: an iPhone SE of 2016. */
export const SMALL_PHONE = { width: 320, height: 568 };

/** What a thumb that shakes can hit: the four buttons, and everything else. */
const CONDITION_PX = 64;
const TARGET_PX = 44;

/**
 * What does not fit on the open page, one line each: targets too small for a thumb that shakes, words that stick out of their
 * button, and whatever makes the page wider than the screen. A link within a sentence is as high as its line (WCAG 2.5.8).
 * The screen is what the page is laid out for (`clientWidth`): a phone's `innerWidth` grows with a page that is too wide.
 */
export async function findMisfits(page: Page): Promise<string[]> {
  return page.evaluate(
    ([condition, target]) => {
      const isInSentence = (link: Element) =>
        link.matches('a:not(.button)') &&
        [...(link.parentElement?.childNodes ?? [])].some((node) => node !== link && node.textContent?.trim()) &&
        getComputedStyle(link).display === 'inline';
      const screen = document.documentElement.clientWidth;
      const all = document.querySelectorAll(
        'a, button, summary, label.chip, select, textarea, input:not([type=hidden], .chip input)',
      );
      const targets = [...all].filter(
        (element) => element.checkVisibility() && !element.matches('.skip') && !isInSentence(element),
      );
      const wide =
        document.documentElement.scrollWidth > screen
          ? [`the page is ${document.documentElement.scrollWidth} px wide of ${screen}`]
          : [];
      const misfits = targets.flatMap((element) => {
        const { width, height, left, right } = element.getBoundingClientRect();
        const least = element.matches('.condition') ? condition : target;
        const name = `${element.tagName} "${element.textContent?.trim().slice(0, 40)}"`;
        return [
          ...(Math.min(width, height) < least - 0.5 ? [`${name} is ${Math.round(width)}×${Math.round(height)} px`] : []),
          ...(left < 0 || right > screen ? [`${name} leaves the screen`] : []),
          ...(element.matches('button, .button') && element.scrollWidth > element.clientWidth ? [`${name} is clipped`] : []),
        ];
      });
      return [...wide, ...misfits];
    },
    [CONDITION_PX, TARGET_PX] as const,
  );
}

/** The same with letters of twice the size, as the browser's settings make them. */
export async function findMisfitsEnlarged(page: Page): Promise<string[]> {
  await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
  const misfits = await findMisfits(page);
  await page.evaluate(() => document.documentElement.style.removeProperty('font-size'));
  return misfits.map((line) => `at 200 %: ${line}`);
}

/** Which of the four buttons are not under the thumb: in the lower two thirds of the screen, without scrolling. */
export async function findFarConditions(page: Page): Promise<string[]> {
  return page.locator('.condition').evaluateAll((buttons) => {
    scrollTo(0, 0);
    const screen = document.documentElement.clientHeight;
    return buttons
      .map((button) => ({ name: button.textContent, box: button.getBoundingClientRect() }))
      .filter(({ box }) => box.top < screen / 3 || box.bottom > screen)
      .map(({ name, box }) => `${name} from ${Math.round(box.top)} to ${Math.round(box.bottom)} px of ${screen}`);
  });
}
