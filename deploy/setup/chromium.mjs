import { existsSync } from 'node:fs';
import { findOnPath } from './on-path.mjs';
import { aptInstall } from './packages.mjs';
import { SetupError } from './say.mjs';

const macApps = ['Google Chrome.app/Contents/MacOS/Google Chrome', 'Chromium.app/Contents/MacOS/Chromium'];

/** The browser of the tests: `CHROMIUM_PATH`, else a Chromium or Chrome on PATH, else a macOS application; or undefined. */
export function findChromium() {
  const given = process.env.CHROMIUM_PATH;
  if (given) return existsSync(given) ? given : undefined;
  return (
    findOnPath('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable') ??
    macApps.map((app) => `/Applications/${app}`).find((path) => existsSync(path))
  );
}

export const chromiumStep = {
  isDone: () => Boolean(findChromium()),
  async run() {
    if (process.env.CHROMIUM_PATH) throw new SetupError(`CHROMIUM_PATH names no file: ${process.env.CHROMIUM_PATH}`);
    await aptInstall(['chromium'], 'Chromium, for the browser tests, is');
    if (!findChromium())
      throw new SetupError('the tests need Chromium or Chrome: install one, or type: CHROMIUM_PATH=/path/to/chrome npm test');
  },
};

const fontFiles = ['opentype/noto/NotoSansCJK-Regular.ttc', 'truetype/noto/NotoColorEmoji.ttf'];

/** Without these the Japanese pages and the avatars are rows of boxes on every screenshot. Other systems bring such fonts along. */
export const fontsStep = {
  isDone: () => !findOnPath('apt-get') || fontFiles.every((file) => existsSync(`/usr/share/fonts/${file}`)),
  run: () => aptInstall(['fonts-noto-cjk', 'fonts-noto-color-emoji'], 'a Japanese or an emoji font, for the browser tests, is'),
};
