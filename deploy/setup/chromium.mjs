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

/** Without a Japanese font every screenshot of the Japanese pages is a row of boxes. Other systems bring one along. */
export const fontsStep = {
  isDone: () => !findOnPath('apt-get') || existsSync('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc'),
  run: () => aptInstall(['fonts-noto-cjk'], 'a Japanese font, for the browser tests, is'),
};
