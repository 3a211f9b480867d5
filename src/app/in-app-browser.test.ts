import { describe, expect, it } from 'vitest';
import { findInAppBrowser } from './in-app-browser.ts';

const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';
const ANDROID =
  'Mozilla/5.0 (Linux; Android 14; Pixel 8; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/130.0.0.0';
const QUERY = '?openExternalBrowser=1';

describe('findInAppBrowser', () => {
  it.each([
    [`${IPHONE} Mobile/15E148 Safari Line/15.12.1`, 'LINE', 'Safari', QUERY],
    [`${IPHONE} Mobile/15E148 Safari Line/15.12.1 LIFF`, 'LINE', 'Safari', QUERY],
    [`${ANDROID} Mobile Safari/537.36 Line/14.19.2/IAB`, 'LINE', 'Chrome', QUERY],
    [`${IPHONE} Mobile/15E148 [FBAN/FBIOS;FBAV/480.0.0;FBBV/1]`, 'Facebook', 'Safari', null],
    [`${IPHONE} Mobile/15E148 [FBAN/MessengerForiOS;FBAV/480.0.0]`, 'Facebook', 'Safari', null],
    [`${ANDROID} Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/480.0.0;]`, 'Facebook', 'Chrome', null],
    [`${IPHONE} Mobile/15E148 Instagram 350.0.0.20.90 (iPhone14,5; iOS 18_0; ja_JP)`, 'Instagram', 'Safari', null],
    [`${ANDROID} Mobile Safari/537.36 Instagram 350.0.0.20.90 Android`, 'Instagram', 'Chrome', null],
  ])('finds in %j %s, to be left for %s', (agent, app, browser, outsideQuery) => {
    expect(findInAppBrowser(agent)).toEqual({ app, browser, outsideQuery });
  });

  it.each([
    `${IPHONE} Version/18.0 Mobile/15E148 Safari/604.1`,
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Line/9.0',
    'facebookexternalhit/1.1 Line/13',
    undefined,
  ])('finds none in %j', (agent) => {
    expect(findInAppBrowser(agent)).toBe(null);
  });
});
