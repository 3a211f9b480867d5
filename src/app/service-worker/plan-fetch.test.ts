import { describe, expect, it } from 'vitest';
import { isKeptPage, planFetch, standInsOf } from './plan-fetch.ts';

const ORIGIN = 'https://buji.example';
const plan = (method: string, path: string, mode = 'navigate') => planFetch(method, new URL(path, ORIGIN), mode, ORIGIN);

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
    ['POST', '/devices/1/what-nobody-has-thought-of-yet', 'navigate', 'forget'],
    ['POST', '/sign-out', 'navigate', 'forget'],
    ['POST', '/language', 'navigate', 'forget'],
    ['POST', '/join/abc', 'navigate', 'forget'],
    ['POST', '/circlesque', 'navigate', 'forget'],
    ['POST', '/what-nobody-has-thought-of-yet', 'navigate', 'forget'],
    ['DELETE', '/v1/me', 'cors', 'forget'],
    ['POST', '/v1/sessions', 'cors', 'forget'],
    ['DELETE', '/v1/sessions/1', 'cors', 'forget'],
    ['POST', '/v1/statuses', 'cors', 'pass'],
    ['DELETE', '/v1/statuses/1', 'cors', 'pass'],
  ] as const)('%s %s (%s): %s', (method, path, mode, expected) => {
    expect(plan(method, path, mode)).toBe(expected);
  });

  it('leaves other sites alone', () => {
    expect(planFetch('GET', new URL('https://other.example/'), 'navigate', ORIGIN)).toBe('pass');
  });
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
