import { afterEach, expect, it, vi } from 'vitest';
import { inLock } from './in-lock.ts';

afterEach(() => vi.unstubAllGlobals());

it('lets one after the other work under a name, and tells who asks for a free one that it is not', async () => {
  const steps: string[] = [];
  const first = inLock('a', {}, async () => {
    await inLock('a', { ifAvailable: true }, async (lock) => void steps.push(`free: ${lock !== null}`));
    steps.push('first');
  });
  await inLock('a', {}, async () => void steps.push('second'));
  await first;
  expect(steps).toEqual(['free: false', 'first', 'second']);
});

it('works at once, as if it had the lock, where the browser has none', async () => {
  vi.stubGlobal('navigator', {});
  expect(await inLock('a', { ifAvailable: true }, async (lock) => Boolean(lock))).toBe(true);
});
