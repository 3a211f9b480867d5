import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RETRY_AFTER_BELIEVED_SECONDS } from '../../contract/limits.ts';
import { fetchInTime, inTime, readProblem, readRetryAfter, TRY_MS } from './in-time.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('inTime', () => {
  it('gives what comes of the work, and its error', async () => {
    expect(await inTime(10, Promise.resolve(1))).toBe(1);
    await expect(inTime(10, Promise.reject(new Error('no')))).rejects.toThrow('no');
  });

  it('waits no longer than it may', async () => {
    const given = inTime(10, new Promise(() => undefined)).catch((error: Error) => error.message);
    await vi.advanceTimersByTimeAsync(10);
    expect(await given).toBe('no answer in time');
  });
});

describe('fetchInTime', () => {
  it('asks, and is null where the network says no', async () => {
    vi.stubGlobal('fetch', async (path: string) => {
      if (path === '/away') throw new TypeError('no network');
      return new Response(path);
    });
    expect(await (await fetchInTime('/here'))?.text()).toBe('/here');
    expect(await fetchInTime('/away')).toBeNull();
  });

  it('gives up a request that hangs', async () => {
    vi.stubGlobal(
      'fetch',
      (_: string, { signal }: RequestInit) =>
        new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
    );
    const given = fetchInTime('/hangs');
    await vi.advanceTimersByTimeAsync(TRY_MS);
    expect(await given).toBeNull();
  });
});

describe('readRetryAfter', () => {
  it.each([
    [{ 'retry-after': '7' }, 7],
    [{ 'retry-after': '999999' }, RETRY_AFTER_BELIEVED_SECONDS],
    [{ 'retry-after': 'Wed, 11 Mar 2026 05:46:18 GMT' }, undefined],
    [{}, undefined],
  ])('reads %j, as far as that is believed', (headers: Record<string, string>, seconds) => {
    expect(readRetryAfter(new Response('', { status: 503, headers }))).toBe(seconds);
  });
});

describe('readProblem', () => {
  it.each([
    [{ type: '/problems#not-found', code: 'not-found' }, 'not-found'],
    [{ type: '/problems#gone', code: 'not-found' }, undefined],
    [{ type: '/problems#undefined' }, undefined],
    [null, undefined],
  ])('believes Buji alone: %j', async (body, code) => {
    expect(await readProblem(Response.json(body, { status: 404 }))).toBe(code);
  });

  it('takes what is no JSON for somebody else', async () => {
    expect(await readProblem(new Response('<h1>404 Not Found</h1>', { status: 404 }))).toBeUndefined();
  });
});
