import { describe, expect, it } from 'vitest';
import { findPlatforms, INSTALL_STEPS, PLATFORMS } from './install-steps.ts';

const APPLE = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';
const CHROME = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0';

describe('findPlatforms', () => {
  it.each([
    [`Mozilla/5.0 (Linux; Android 10; K) ${CHROME} Mobile Safari/537.36`, ['android-chrome']],
    ['Mozilla/5.0 (Android 14; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0', ['android-firefox']],
    [`Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) ${APPLE} Version/18.0 Mobile/15E148 Safari/604.1`, ['ios-safari']],
    [`Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) ${APPLE} CriOS/130.0 Mobile/15E148 Safari/604.1`, ['ios-other']],
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME} Safari/537.36`, ['desktop-chrome']],
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME} Safari/537.36 Edg/130.0.0.0`, ['desktop-edge']],
    [`Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${APPLE} Version/18.0 Safari/605.1.15`, ['ios-safari', 'mac-safari']],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0', ['desktop-firefox']],
    [`Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) ${APPLE} Mobile/15E148 Safari Line/15.12.1`, []],
    ['curl/8', []],
    [undefined, []],
  ])('takes %j for %j', (agent, platforms) => {
    expect(findPlatforms(agent)).toEqual(platforms);
  });

  it('has steps for each', () => {
    for (const platform of PLATFORMS) expect(INSTALL_STEPS[platform].steps.length).toBeGreaterThan(0);
  });
});
