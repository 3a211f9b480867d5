/** The browser of the tests: `CHROMIUM_PATH`, else a Chromium or Chrome on PATH, else a macOS application; or undefined. */
export function findChromium(): string | undefined;
