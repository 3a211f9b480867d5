import { describe, expect, it } from 'vitest';
import { isKeptPage, planFetch, standInsOf } from './plan-fetch.ts';

const ORIGIN = 'https://buji.example';
const plan = (method: string, path: string, mode: RequestMode = 'navigate', referrer = `${ORIGIN}/settings`) =>
  planFetch({ method, url: new URL(path, ORIGIN).href, mode, referrer }, ORIGIN);

describe('planFetch', () => {
  it.each([
    ['GET', '/assets/app-1a2b.js', 'no-cors', 'asset'],
    ['GET', '/icon-192.png', 'no-cors', 'asset'],
    ['GET', '/', 'navigate', 'page'],
    ['GET', '/circles/new', 'navigate', 'page'],
    ['GET', '/v1/me', 'cors', 'pass'],
    ['GET', '/v1/me', 'navigate', 'pass'],
    ['GET', '/manifest.webmanifest', 'cors', 'pass'],
    ['GET', '/', 'cors', 'newer'],
    ['GET', '/circles/0190a0a0-0000-7000-8000-000000000000', 'same-origin', 'newer'],
    ['GET', '/settings', 'cors', 'pass'],
    ['POST', '/statuses', 'navigate', 'changes'],
    ['POST', '/statuses/1/retract', 'navigate', 'changes'],
    ['POST', '/circles', 'navigate', 'circles'],
    ['POST', '/circles/1/leave', 'navigate', 'circles'],
    ['POST', '/recovery-code', 'navigate', 'changes'],
    ['POST', '/devices/known', 'navigate', 'changes'],
    ['POST', '/devices/1/sign-out', 'navigate', 'changes'],
    ['POST', '/devices/1/what-nobody-has-thought-of-yet', 'navigate', 'leaves'],
    ['POST', '/move', 'navigate', 'changes'],
    ['POST', '/language', 'navigate', 'renews'],
    ['POST', '/text-size', 'navigate', 'renews'],
    ['POST', '/country', 'navigate', 'renews'],
    ['POST', '/settings', 'navigate', 'renews'],
    ['POST', '/settings/footprints', 'navigate', 'renews'],
    ['POST', '/join/abc', 'navigate', 'renews'],
    ['POST', '/sign-out', 'navigate', 'leaves'],
    ['POST', '/erase', 'navigate', 'leaves'],
    ['POST', '/start', 'navigate', 'leaves'],
    ['POST', '/recover', 'navigate', 'leaves'],
    ['POST', '/move/abc', 'navigate', 'leaves'],
    ['POST', '/circlesque', 'navigate', 'leaves'],
    ['POST', '/what-nobody-has-thought-of-yet', 'navigate', 'leaves'],
    ['DELETE', '/v1/me', 'cors', 'forget'],
    ['POST', '/v1/sessions', 'cors', 'forget'],
    ['DELETE', '/v1/sessions/1', 'cors', 'forget'],
    ['POST', '/v1/statuses', 'cors', 'pass'],
    ['DELETE', '/v1/statuses/1', 'cors', 'pass'],
  ] as const)('%s %s (%s): %s', (method, path, mode, expected) => {
    expect(plan(method, path, mode)).toBe(expected);
  });

  it('leaves other sites alone', () => {
    expect(plan('GET', 'https://other.example/')).toBe('pass');
  });

  it.each(['', 'about:client', 'https://other.example/', `${ORIGIN}.other.example/`])(
    'sends on no form in our name that came from %j',
    (referrer) => {
      for (const path of ['/language', '/sign-out']) expect(plan('POST', path, 'navigate', referrer)).toBe('forget');
      for (const path of ['/statuses', '/circles/1/leave', '/recovery-code', '/devices/1/sign-out'])
        expect(plan('POST', path, 'navigate', referrer)).toBe('pass');
    },
  );
});

describe('isKeptPage', () => {
  it('keeps the buttons and the boards, and no page with a code or a link on it', () => {
    expect(isKeptPage('/')).toBe(true);
    expect(isKeptPage('/circles/0190a0a0-0000-7000-8000-000000000000')).toBe(true);
    for (const path of [
      '/welcome',
      '/settings',
      '/recover',
      '/join/abc',
      '/circles/0190a0a0-0000-7000-8000-000000000000/invite',
    ]) {
      expect(isKeptPage(path), path).toBe(false);
    }
  });
});

describe('standInsOf', () => {
  it('names the board that an alert is about, and the four buttons; these where all boards are meant; for nothing else', () => {
    const circle = '0190a0a0-0000-7000-8000-000000000000';
    for (const path of [`/answer/${circle}`, `/answer/${circle}/${circle}`]) {
      expect(standInsOf(path)).toEqual([`/circles/${circle}`, '/']);
    }
    expect(standInsOf('/circles')).toEqual(['/']);
    for (const path of ['/', '/settings', '/answer/x', `/circles/${circle}`]) expect(standInsOf(path)).toEqual([]);
  });
});
