import { afterAll, beforeEach, expect, it } from 'vitest';
import type { Sheddable } from '../contract/limits.ts';
import { silent } from '../testing/store-world.ts';
import { createAdmit, registerAdmission } from './admission.ts';
import { createApp } from './app.ts';

let shed: Sheddable[];
let counted: Sheddable[];
let handled: number;
beforeEach(() => {
  shed = [];
  counted = [];
  handled = 0;
});

const app = await createApp({ log: silent, trustProxy: false, publicUrl: null, observe: () => undefined });
registerAdmission(
  app,
  createAdmit({ sheds: (kind) => shed.includes(kind) }, (kind) => counted.push(kind)),
);
const handle = async () => {
  handled += 1;
  return { ok: true };
};
app.get('/v1/history', { config: { shed: 'history' } }, handle);
app.get('/v1/board', { config: { shed: 'polling' } }, handle);
app.post('/v1/statuses', handle);
afterAll(() => app.close());

const ask = async (url: string, headers: Record<string, string> = {}) =>
  (await app.inject({ method: url === '/v1/statuses' ? 'POST' : 'GET', url, headers })).statusCode;

it('refuses what is shed, with a moment to come back, before anything is done for it', async () => {
  shed = ['history'];
  const answer = await app.inject({ url: '/v1/history' });
  expect(answer.statusCode).toBe(503);
  expect(answer.json()).toMatchObject({ code: 'unavailable', retryAfterSeconds: expect.any(Number) });
  expect(answer.headers['retry-after']).toBe(String(answer.json().retryAfterSeconds));
  expect([handled, counted]).toEqual([0, ['history']]);
  shed = [];
  expect(await ask('/v1/history')).toBe(200);
});

it('spreads those it refuses over some seconds', async () => {
  shed = ['history'];
  const answers = await Promise.all(Array.from({ length: 60 }, () => app.inject({ url: '/v1/history' })));
  const seconds = answers.map(({ headers }) => Number(headers['retry-after']));
  expect(Math.min(...seconds)).toBeGreaterThanOrEqual(3);
  expect(Math.max(...seconds)).toBeLessThanOrEqual(15);
  expect(new Set(seconds).size).toBeGreaterThan(3);
});

it('answers a first look at a board, and asks whoever has one to wait', async () => {
  shed = ['polling'];
  expect(await ask('/v1/board')).toBe(200);
  expect(await ask('/v1/board', { 'if-none-match': 'W/"x"' })).toBe(503);
  expect(await ask('/v1/board?after=00000000-1')).toBe(503);
});

it('never refuses what does not say that it may be', async () => {
  shed = ['footprints', 'history', 'polling', 'invites', 'digests'];
  expect(await ask('/v1/statuses')).toBe(200);
});
