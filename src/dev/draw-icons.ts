import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openBrowser } from '../testing/browser/open-browser.ts';

/**
 * Draws the PNG icons of the phone app from its one SVG, for what takes no SVG: iOS, Android's launcher, notifications.
 * Run by hand when the drawing changes (Node 26 reads TypeScript): `node src/dev/draw-icons.ts`. Needs Debian's pngquant: a
 * picture in few colours is a third as large, and every phone loads those of the notifications.
 */
const folder = join(import.meta.dirname, '../app');
const icon = await readFile(join(folder, 'public/icon.svg'), 'utf8');
// Android shows only the outline of a badge: the drawing without its ground, in white.
const badge = icon.replace(/<rect[^>]*>/, '').replaceAll(/stroke="#\w+"/g, 'stroke="#fff"');

const browser = await openBrowser();
try {
  for (const [name, size, drawing] of [
    ['public/icon-180', 180, icon],
    ['public/icon-192', 192, icon],
    ['public/icon-512', 512, icon],
    ['service-worker/badge-96', 96, badge],
  ] as const) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px}</style>${drawing}`);
    const path = join(folder, `${name}.png`);
    await page.screenshot({ path, omitBackground: true });
    execFileSync('pngquant', ['--force', '--strip', '--output', path, '32', path]);
    await page.close();
  }
} finally {
  await browser.close();
}
