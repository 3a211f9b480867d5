import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openBrowser } from '../testing/browser/open-browser.ts';

/**
 * Draws the PNG icons of the phone app from its one SVG, for what takes no SVG: iOS, Android's launcher, notifications.
 * Run by hand when the drawing changes (Node 26 reads TypeScript): `node src/dev/draw-icons.ts`.
 */
const folder = join(import.meta.dirname, '../app/public');
const icon = await readFile(join(folder, 'icon.svg'), 'utf8');
// Android shows only the outline of a badge: the drawing without its ground, in white.
const badge = icon.replace(/<rect[^>]*>/, '').replaceAll(/stroke="#\w+"/g, 'stroke="#fff"');

const browser = await openBrowser();
try {
  for (const [name, size, drawing] of [
    ['icon-180', 180, icon],
    ['icon-192', 192, icon],
    ['icon-512', 512, icon],
    ['badge-96', 96, badge],
  ] as const) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px}</style>${drawing}`);
    await page.screenshot({ path: join(folder, `${name}.png`), omitBackground: true });
    await page.close();
  }
} finally {
  await browser.close();
}
