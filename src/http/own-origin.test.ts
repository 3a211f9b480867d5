import { describe, expect, it } from 'vitest';
import { isOwnOrigin, mayChange } from './own-origin.ts';

const HOST = 'buji.example:3000';
const OWN = `http://${HOST}`;
const PUBLIC = 'https://buji.example';
const cookie = 'lang=ja; session=abc';
const bearer = 'Bearer abc';

describe('mayChange', () => {
  it.each([
    // [what, headers, PUBLIC_URL, whether]
    ['neither cookie nor origin: no browser', {}, null, true],
    ['Bearer alone', { authorization: bearer }, null, true],
    [
      'Bearer alone, from anywhere',
      { authorization: bearer, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
      null,
      true,
    ],
    ['Bearer beside the cookie is no exemption', { authorization: bearer, cookie, origin: 'https://evil.example' }, null, false],
    ['another scheme is no Bearer', { authorization: 'Basic abc', origin: 'https://evil.example' }, null, false],
    ['cookie, own page', { cookie, 'sec-fetch-site': 'same-origin' }, null, true],
    ['cookie, own page on plain http', { cookie, origin: OWN }, null, true],
    ['cookie and nothing else: a browser too old to say', { cookie }, null, false],
    ['cookie, foreign page', { cookie, origin: 'https://evil.example' }, null, false],
    ['no cookie, foreign page', { origin: 'https://evil.example' }, null, false],
    ['no cookie, foreign page, by fetch metadata', { 'sec-fetch-site': 'cross-site' }, null, false],
    ['sibling domain', { cookie, 'sec-fetch-site': 'same-site' }, null, false],
    ['typed or bookmarked: nothing changes by that', { cookie, 'sec-fetch-site': 'none' }, null, false],
    ['fetch metadata goes before Origin', { 'sec-fetch-site': 'cross-site', origin: OWN }, null, false],
    ['Origin null, as sandboxed frames send it', { cookie, origin: 'null' }, null, false],
    ['Origin that is no URL', { cookie, origin: 'evil' }, null, false],
    ['the same host on another port', { cookie, origin: 'http://buji.example:4000' }, null, false],
    ['PUBLIC_URL', { cookie, origin: PUBLIC }, PUBLIC, true],
    ['Host counts for nothing where PUBLIC_URL is set', { cookie, origin: OWN }, PUBLIC, false],
    ['PUBLIC_URL by the wrong scheme', { cookie, origin: 'http://buji.example' }, PUBLIC, false],
    ['a domain that begins like PUBLIC_URL', { cookie, origin: `${PUBLIC}.evil.example` }, PUBLIC, false],
    ['cookies of others are not ours', { cookie: 'xsession=abc; session2=x' }, null, true],
  ])('%s', (_, headers, publicUrl, expected) => {
    expect(mayChange('POST', { host: HOST, ...headers }, 'session', publicUrl)).toBe(expected);
  });

  it('lets everything be read, and nothing be changed by any other method', () => {
    const foreign = { host: HOST, cookie, origin: 'https://evil.example' };
    for (const method of ['GET', 'HEAD', 'OPTIONS']) expect(mayChange(method, foreign, 'session', null)).toBe(true);
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND'])
      expect(mayChange(method, foreign, 'session', null)).toBe(false);
  });

  it('looks for the cookie by its name', () => {
    const headers = { host: HOST, cookie: '__Host-session=abc' };
    expect(mayChange('POST', headers, '__Host-session', PUBLIC)).toBe(false);
    expect(mayChange('POST', headers, 'session', null)).toBe(true);
  });
});

describe('isOwnOrigin', () => {
  it('wants it said: no header is not our page', () => {
    expect(isOwnOrigin({ host: HOST }, null)).toBe(false);
  });
});
