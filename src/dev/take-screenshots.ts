import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openBrowser } from '../testing/browser/open-browser.ts';
import { openScreen } from '../testing/browser/open-screen.ts';
import { startScreenWorld } from '../testing/browser/screen-world.ts';
import { SCREENS } from '../testing/browser/screens.ts';

/**
 * Takes a picture of every screen, by day and by night, in three languages, into `.reports/screens`, and renews those of the
 * README; below them, in `whole`, each from top to bottom. Run by hand when the pages have changed and are built (Node 26 reads
 * TypeScript), with nothing else running: `node src/dev/take-screenshots.ts`, or with words that the names of screens must contain.
 */
const root = join(import.meta.dirname, '../..');
const all = join(root, '.reports/screens');
const README = [
  { picture: 'home-sent-en-light', name: 'home-en-light' },
  { picture: 'board-en-light', name: 'board-en-light' },
  { picture: 'board-ja-dark', name: 'board-ja-dark' },
];
const wanted = process.argv.slice(2);
const screens = SCREENS.filter(({ name }) => wanted.length === 0 || wanted.some((word) => name.includes(word)));

await mkdir(join(all, 'whole'), { recursive: true });
const browser = await openBrowser();
try {
  for (const locale of ['en', 'ja', 'ja-easy'] as const) {
    const world = await startScreenWorld(locale === 'en' ? 'en' : 'ja');
    try {
      await world.speak(locale);
      for (const screen of screens) {
        const { phone, page } = await openScreen(browser, world, screen, { locale, deviceScaleFactor: 1 });
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          await page.evaluate(() => scrollTo(0, 0));
          const name = `${screen.name}-${locale}-${colorScheme}`;
          await page.screenshot({ path: join(all, `${name}.png`) });
          await page.screenshot({ path: join(all, 'whole', `${name}.png`), fullPage: true });
          const renewed = README.find(({ picture }) => picture === name);
          if (renewed) await copyFile(join(all, `${name}.png`), join(root, `src/app/screenshots/${renewed.name}.png`));
        }
        await phone.close();
      }
    } finally {
      await world.stop();
    }
  }
} finally {
  await browser.close();
}
