import { setTimeout as delay } from 'node:timers/promises';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Circle } from '../../contract/circles.ts';
import { RETRY_AFTER_MAX_SECONDS, RETRY_AFTER_MIN_SECONDS } from '../../contract/limits.ts';
import { type Answer, type Client, createCircle, createClient, must, send, waitForBoard } from '../client.ts';
import { openLive } from '../live-client.ts';
import { type PrivateRedis, startPrivateRedis } from '../private-redis.ts';
import { type Service, startService } from '../service.ts';
import { watchStalls } from '../stalls.ts';
import { waitFor } from '../wait-for.ts';

/** Redis away: 503 with Retry-After within this time. */
const ANSWER_LIMIT_MS = 2_000;
/** What was accepted reaches its circles this soon after Redis is back. */
const RECOVERY_LIMIT_MS = 60_000;

let redis: PrivateRedis;
let service: Service;
let aki: Client;
let circle: Circle;
beforeAll(async () => {
  redis = await startPrivateRedis();
  service = await startService({ redisUrl: redis.url });
  aki = await createClient(service);
  circle = await createCircle(aki);
});
afterAll(async () => {
  await service?.stop();
  await redis?.remove();
});

async function timed<T>(ask: () => Promise<T>): Promise<{ answer: T; ms: number }> {
  const startedAt = performance.now();
  const answer = await ask();
  return { answer, ms: performance.now() - startedAt };
}

function expectUnavailable(answer: Answer, about: string): void {
  expect(answer, about).toMatchObject({ status: 503, body: { code: 'unavailable' } });
  const retryAfter = Number(answer.headers.get('retry-after'));
  expect(retryAfter, about).toBeGreaterThanOrEqual(RETRY_AFTER_MIN_SECONDS);
  expect(retryAfter, about).toBeLessThanOrEqual(RETRY_AFTER_MAX_SECONDS);
}

const CALLS: [name: string, ask: () => Promise<Answer>][] = [
  ['POST /v1/statuses', () => aki.call('POST', '/v1/statuses', { id: uuidv7(), condition: 'help' })],
  ['POST /v1/people', () => send(service.next('web'), 'POST', '/v1/people', { nickname: 'Ken' })],
  ['POST /v1/sessions', () => send(service.next('web'), 'POST', '/v1/sessions', { recoveryCode: 'A'.repeat(26) })],
  ['GET /v1/me', () => aki.call('GET', '/v1/me')],
  ['GET /v1/circles/{id}/board', () => aki.call('GET', `/v1/circles/${circle.id}/board`)],
  ['GET /v1/invites/{token}', () => send(service.next('web'), 'GET', `/v1/invites/${'a'.repeat(43)}`)],
];

describe.each([
  ['does not answer', () => redis.freeze(), () => redis.thaw()],
  ['is gone', () => redis.kill(), () => redis.start()],
])('while Redis %s', (_name, takeAway, bringBack) => {
  it('says 503 within 2 s, says why, and works again afterwards', { timeout: RECOVERY_LIMIT_MS * 2 }, async () => {
    const before = { id: uuidv7(), condition: 'ok' };
    await waitFor(async () => (await aki.call('POST', '/v1/statuses', before)).status === 202);
    await waitForBoard(aki, circle, aki.person.id, before.id);
    const live = await openLive(service.next('live'), aki);
    await live.sync();
    const stalls = await watchStalls(service);
    await takeAway();
    const unsure = { id: uuidv7(), condition: 'hurt' };
    try {
      // Many at once, and more while those wait: none waits behind another.
      const waves = await Promise.all(
        Array.from({ length: 10 }, async (_, wave) => {
          await delay(wave * 150);
          return Promise.all(CALLS.map(async ([name, ask]) => ({ name, ...(await timed(ask)) })));
        }),
      );
      const stalledMs = await stalls.stop();
      for (const { name, answer, ms } of waves.flat()) {
        expectUnavailable(answer, name);
        expect(ms - stalledMs, name).toBeLessThan(ANSWER_LIMIT_MS);
      }
      expectUnavailable(await aki.call('POST', '/v1/statuses', unsure), 'a status');
      for (const { origin } of service.processes) {
        const ready = await send<{ problems: string[] }>(origin, 'GET', '/health/ready');
        expect(ready).toMatchObject({ status: 503, body: { status: 'not-ready' } });
        expect(ready.body.problems.join()).toContain('Redis does not answer');
        expect(await send(origin, 'GET', '/health/live')).toMatchObject({ status: 200, body: { status: 'ok' } });
      }
    } finally {
      await bringBack();
    }
    await waitFor(async () => (await aki.call('POST', '/v1/statuses', unsure)).status === 202, { timeoutMs: RECOVERY_LIMIT_MS });
    for (const { origin } of service.processes) {
      await waitFor(async () => (await send(origin, 'GET', '/health/ready')).status === 200, { timeoutMs: RECOVERY_LIMIT_MS });
    }
    await waitFor(
      async () => {
        const path = `/v1/circles/${circle.id}/members/${aki.person.id}/statuses`;
        const { statuses } = await must<{ statuses: { id: string }[] }>(aki, 200, 'GET', path);
        const ids = statuses.map(({ id }) => id);
        return ids.filter((id) => id === unsure.id).length === 1 && ids.includes(before.id);
      },
      { timeoutMs: RECOVERY_LIMIT_MS, describe: 'the status that was not confirmed, once, and the one that was' },
    );
    // The socket that was open all the time is told, by the event or by the board of a new epoch; a closed one comes back.
    const told = await Promise.race([
      live.closed.then(async () => {
        const next = await openLive(service.next('live'), aki);
        await next.sync();
        return next;
      }),
      waitFor(() => live.texts.join('\n').includes(unsure.id) && live, { timeoutMs: RECOVERY_LIMIT_MS }),
    ]);
    expect(told.texts.join('\n')).toContain(unsure.id);
  });
});

describe('a process that starts while Redis is away', () => {
  /** Two at once: the one is set as the store is, the other to another number of shards. */
  it('refuses what would be stored, and begins, or ends, when it sees its store', {
    timeout: RECOVERY_LIMIT_MS * 3,
  }, async () => {
    await redis.kill();
    const settings = { redisUrl: redis.url, topology: 'one' } as const;
    const starting = [undefined, '4'].map((shards) =>
      startService({ ...settings, env: { KEY_PREFIX: service.keyPrefix, ...(shards && { QUEUE_SHARDS: shards }) } }),
    );
    const started = await Promise.all(starting);
    const [same, other] = started.map(({ processes }) => processes[0]);
    if (!same || !other) throw new Error('nothing was started');
    try {
      for (const { origin } of [same, other]) {
        expect(await send(origin, 'GET', '/health/live')).toMatchObject({ status: 200 });
        expectUnavailable(await send(origin, 'POST', '/v1/people', { nickname: 'Ken' }), origin);
      }
    } finally {
      await redis.start();
    }
    const make = () => send(same.origin, 'POST', '/v1/people', { nickname: 'Ken' });
    await waitFor(async () => (await make()).status === 201, { timeoutMs: RECOVERY_LIMIT_MS });
    await waitFor(() => other.warnings.some((line) => line.includes('QUEUE_SHARDS must be 1,') && line.includes('not "4"')), {
      timeoutMs: RECOVERY_LIMIT_MS,
    });
    await waitFor(() => other.warnings.includes('ended by itself with 1'), { timeoutMs: RECOVERY_LIMIT_MS });
    await Promise.all(started.map((one) => one.stop()));
  });
});
