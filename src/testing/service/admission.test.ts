import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Circle } from '../../contract/circles.ts';
import { RETRY_AFTER_MAX_SECONDS, RETRY_AFTER_MIN_SECONDS, SHED_FROM } from '../../contract/limits.ts';
import { type Answer, type Client, createCircle, createClient, send } from '../client.ts';
import { openRedis, type PrivateRedis, startPrivateRedis } from '../private-redis.ts';
import { type Service, startService } from '../service.ts';
import { waitFor } from '../wait-for.ts';

/** Small, so that a few megabytes of junk are pressure; large enough for a service that has just started. */
const MAX_MEMORY_BYTES = 40 * 1024 * 1024;
/** The backlog grows old in its own time; a busy machine notices a little later. */
const LIMIT_MS = 90_000;

let redis: PrivateRedis;
let service: Service;
let aki: Client;
let circle: Circle;
beforeAll(async () => {
  redis = await startPrivateRedis(['--maxmemory', String(MAX_MEMORY_BYTES)]);
  // Two processes of each role: a web that is asked while the workers stand still.
  service = await startService({ redisUrl: redis.url, topology: 'many' });
  aki = await createClient(service);
  circle = await createCircle(aki);
});
afterAll(async () => {
  await service?.stop();
  await redis?.remove();
});

const CALLS = {
  footprints: () => aki.call('POST', `/v1/circles/${circle.id}/footprints`, { statuses: [uuidv7()] }),
  history: () => aki.call('GET', `/v1/circles/${circle.id}/members/${aki.person.id}/statuses`),
  polling: () => aki.call('GET', `/v1/circles/${circle.id}/board`, undefined, { 'if-none-match': 'W/"before"' }),
  invites: () => aki.call('POST', `/v1/circles/${circle.id}/invites`, {}),
} satisfies Record<string, () => Promise<Answer>>;
type Kind = keyof typeof CALLS;
const KINDS = Object.keys(CALLS) as Kind[];

/** Whether every web process refuses it, or none does; null: not the same everywhere, or other than the contract says. */
async function isShed(kind: Kind): Promise<boolean | null> {
  const answers = await Promise.all([1, 2].map(CALLS[kind]));
  const refused = answers.filter(({ status }) => status === 503);
  for (const { headers, body } of refused) {
    expect(body).toMatchObject({ code: 'unavailable' });
    expect(Number(headers.get('retry-after'))).toBeGreaterThanOrEqual(RETRY_AFTER_MIN_SECONDS);
    expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(RETRY_AFTER_MAX_SECONDS);
  }
  return refused.length === answers.length || (refused.length === 0 ? false : null);
}

async function untilShed(expected: Kind[]): Promise<void> {
  await waitFor(
    async () => (await Promise.all(KINDS.map(isShed))).every((shed, index) => shed === expected.includes(KINDS[index] as Kind)),
    { timeoutMs: LIMIT_MS, describe: `exactly this to be shed: ${expected.join() || 'nothing'}` },
  );
}

async function expectEssentials(): Promise<void> {
  for (const condition of ['ok', 'help'])
    expect((await aki.call('POST', '/v1/statuses', { id: uuidv7(), condition })).status).toBe(202);
  expect((await aki.call('GET', `/v1/circles/${circle.id}/board`)).status).toBe(200);
  expect((await aki.call('GET', '/v1/me')).status).toBe(200);
  expect((await send(service.next('web'), 'GET', '/health/ready')).status).toBe(200);
}

async function readMetric(name: string): Promise<number[]> {
  const webs = service.processes.filter(({ roles }) => roles.includes('web'));
  return Promise.all(
    webs.map(async ({ origin }) => {
      const answer = await fetch(`${origin}/metrics`, { headers: { authorization: `Bearer ${service.operatorToken}` } });
      const line = (await answer.text()).split('\n').find((text) => text.startsWith(`${name} `));
      return Number(line?.split(' ').at(-1) ?? Number.NaN);
    }),
  );
}

describe('a backlog that grows old', () => {
  it('sheds footprints first, then history, polls later, and never a status; afterwards everything is as before', {
    timeout: 3 * LIMIT_MS,
  }, async () => {
    await untilShed([]);
    await expectEssentials();
    const workers = service.processes.filter(({ roles }) => roles.includes('worker')).map(({ pid }) => pid);
    for (const pid of workers) process.kill(pid, 'SIGSTOP');
    try {
      const written = { id: uuidv7(), condition: 'ok' };
      expect((await aki.call('POST', '/v1/statuses', written)).status).toBe(202);
      await untilShed(['footprints']);
      await untilShed(['footprints', 'history']);
      await expectEssentials();
      await untilShed(['footprints', 'history', 'polling']);
      await expectEssentials();
      await untilShed(['footprints', 'history', 'polling', 'invites']);
      await expectEssentials();
      expect(Math.min(...(await readMetric('buji_shedding{kind="polling"}')))).toBe(1);
      expect(Math.min(...(await readMetric('buji_shed_total{kind="history"}')))).toBeGreaterThan(0);
    } finally {
      for (const pid of workers) process.kill(pid, 'SIGCONT');
    }
    await untilShed([]);
    expect(await readMetric('buji_shedding{kind="digests"}')).toEqual([0, 0]);
  });
});

describe('a Redis that fills up', () => {
  it('has its last memory for statuses', { timeout: 3 * LIMIT_MS }, async () => {
    const junk = openRedis(redis.url);
    try {
      await untilShed([]);
      const fillTo = async (share: number) => {
        for (let index = 0; ; index++) {
          const used = Number(/^used_memory:(\d+)/m.exec(await junk.info('memory'))?.[1]);
          if (used >= share * MAX_MEMORY_BYTES) return;
          await junk.rpush('junk', Buffer.alloc(256 * 1024, index));
        }
      };
      const between = (kind: Kind, next: Kind) => (SHED_FROM[kind].memoryShare + SHED_FROM[next].memoryShare) / 2;
      await fillTo(between('history', 'polling'));
      await untilShed(['footprints', 'history']);
      await expectEssentials();
      await fillTo(between('polling', 'invites'));
      await untilShed(['footprints', 'history', 'polling']);
      await expectEssentials();
      await fillTo(0.8);
      await untilShed(['footprints', 'history', 'polling', 'invites']);
      await expectEssentials();
    } finally {
      await junk.del('junk');
      await junk.quit();
    }
    await untilShed([]);
  });
});
