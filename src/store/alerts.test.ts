import { Redis } from 'ioredis';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { DIGEST_SPREAD_SECONDS } from '../contract/limits.ts';
import { createAlerts, spreadMs } from './alerts.ts';
import { createKeys } from './keys.ts';

const redis = new Redis(inject('redisUrl'));
const keys = createKeys(`test-alerts-${uuidv7()}:`);
const alerts = createAlerts(redis, keys);
afterAll(() => redis.quit());

const NOW = new Date('2026-03-11T05:52:10.000Z');
const DAY = 86_400_000;
const [S1, S2] = [uuidv7(), uuidv7()] as const;

describe('claimDigest', () => {
  let circle: string;
  beforeEach(async () => {
    circle = uuidv7();
    await redis.hset(keys.circle.alerts(circle), { window: 3, dueAt: NOW.getTime() });
    await redis.zadd(keys.circle.news(circle), 1, `${S1} mum`, 2, `${S2} dad`);
  });

  it('takes the news, closes the window and remembers when', async () => {
    expect(await alerts.claimDigest(circle, 3, NOW)).toEqual([
      { status: S1, author: 'mum' },
      { status: S2, author: 'dad' },
    ]);
    expect(await redis.exists(keys.circle.news(circle))).toBe(0);
    const lastAt = String(NOW.getTime() + spreadMs(circle));
    expect(await redis.hgetall(keys.circle.alerts(circle))).toEqual({ window: '3', dueAt: '', lastAt });
    expect(await redis.ttl(keys.circle.claim(circle, 3))).toBeGreaterThan(3_600);
  });

  it('finds its claim again after a crash, without what came in between', async () => {
    const first = await alerts.claimDigest(circle, 3, NOW);
    await redis.zadd(keys.circle.news(circle), 3, `${uuidv7()} sis`);
    expect(await alerts.claimDigest(circle, 3, NOW)).toEqual(first);
    expect(await Promise.all([1, 2, 3].map(() => alerts.claimDigest(circle, 3, NOW)))).toEqual([first, first, first]);
  });

  it('gives nothing once it is finished, and leaves the next window alone', async () => {
    await alerts.claimDigest(circle, 3, NOW);
    await alerts.finishDigest(circle, 3);
    await redis.hset(keys.circle.alerts(circle), { window: 4, dueAt: 1 });
    await redis.zadd(keys.circle.news(circle), 3, `${S1} sis`);
    expect(await alerts.claimDigest(circle, 3, NOW)).toEqual([]);
    expect(await alerts.claimDigest(circle, 4, NOW)).toHaveLength(1);
  });

  it('counts a window whose news was all retracted as no alert', async () => {
    await redis.del(keys.circle.news(circle));
    expect(await alerts.claimDigest(circle, 3, NOW)).toEqual([]);
    expect(await redis.hgetall(keys.circle.alerts(circle))).toEqual({ window: '3', dueAt: '' });
  });

  it('brings nothing back of a circle that is gone', async () => {
    const gone = uuidv7();
    expect(await alerts.claimDigest(gone, 1, NOW)).toEqual([]);
    expect(await redis.exists(keys.circle.alerts(gone))).toBe(0);
  });
});

describe('claims of one person', () => {
  let person: string;
  beforeEach(async () => {
    person = uuidv7();
    await redis.hset(keys.person.push(person), { phone: 'fcm {"endpoint":"1"}', tablet: 'apple {"endpoint":"2"}' });
  });

  it('go to one job only, however many ask at once', async () => {
    const all = await Promise.all(['digest-a-1', 'digest-b-1', 'digest-c-1'].map((job) => alerts.claim(person, job, [S1], NOW)));
    expect(all.flatMap(({ statuses }) => statuses)).toEqual([S1]);
  });

  it('can be claimed again by the same job until its alerts are queued', async () => {
    const first = await alerts.claim(person, 'digest-a-1', [S1, S2], NOW);
    expect(first.statuses).toEqual([S1, S2]);
    expect(new Set(first.devices.map(({ session, provider }) => `${session} ${provider}`))).toEqual(
      new Set(['phone fcm', 'tablet apple']),
    );
    expect((await alerts.claim(person, 'digest-a-1', [S1, S2], NOW)).statuses).toEqual([S1, S2]);
    await alerts.settle(person, 'digest-b-1', [S1], 'alerts');
    await alerts.settle(person, 'digest-a-1', [S2], 'alerts');
    await alerts.settle(person, 'digest-a-1', [S2], 'alerts');
    expect((await alerts.claim(person, 'digest-a-1', [S1, S2], NOW)).statuses).toEqual([S1]);
    expect((await alerts.claim(person, 'digest-b-1', [S1, S2], NOW)).statuses).toEqual([]);
  });

  it('are not made for whoever has no device to be alerted on', async () => {
    const nobody = uuidv7();
    expect(await alerts.claim(nobody, 'digest-a-1', [S1], NOW)).toEqual({ devices: [], statuses: [] });
    expect(await redis.exists(keys.person.alerted(nobody))).toBe(0);
  });

  it('are forgotten after a week', async () => {
    const late = new Date(NOW.getTime() + 8 * DAY);
    await alerts.claim(person, 'digest-a-1', [S1], NOW);
    expect(await redis.pttl(keys.person.alerted(person))).toBeGreaterThan(6 * DAY);
    await alerts.claim(person, 'digest-a-2', [S2], late);
    expect(new Set(Object.keys(await redis.hgetall(keys.person.alerted(person))))).toEqual(new Set([S2, 'prunedAt']));
  });

  it('of a withdrawal are only for who was alerted of the help', async () => {
    await alerts.claim(person, 'digest-a-1', [S1], NOW);
    await alerts.claim(person, `help-a-${S2}`, [S2], NOW);
    expect((await alerts.claimWithdrawn(person, `withdrawn-a-${S1}`, S1, NOW)).statuses).toEqual([]);
    const jobs = [`withdrawn-a-${S2}`, `withdrawn-b-${S2}`];
    const claims = await Promise.all(jobs.map((job) => alerts.claimWithdrawn(person, job, S2, NOW)));
    expect(claims.map(({ statuses }) => statuses)).toEqual([[S2], []]);
    expect((await alerts.claimWithdrawn(person, jobs[0] ?? '', S2, NOW)).statuses).toEqual([S2]);
    await alerts.settle(person, jobs[0] ?? '', [S2], 'withdrawn');
    expect((await alerts.claimWithdrawn(person, jobs[0] ?? '', S2, NOW)).statuses).toEqual([]);
    expect((await alerts.claimWithdrawn(uuidv7(), jobs[0] ?? '', S2, NOW)).devices).toEqual([]);
  });
});

describe('spreadMs', () => {
  it('is the same for a circle, and different for circles, within its bounds', () => {
    const circles = Array.from({ length: 200 }, () => uuidv7());
    const spread = circles.map(spreadMs);
    expect(circles.map(spreadMs)).toEqual(spread);
    expect(Math.min(...spread)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...spread)).toBeLessThan(DIGEST_SPREAD_SECONDS * 1_000);
    expect(new Set(spread.map((ms) => Math.floor(ms / 1_000))).size).toBe(DIGEST_SPREAD_SECONDS);
  });
});

describe('withDevices', () => {
  it('leaves out whoever can not be alerted, and withWaiting for whom nothing waits', async () => {
    const [some, none] = [uuidv7(), uuidv7()];
    await redis.hset(keys.person.push(some), { phone: 'fcm {}' });
    await redis.hset(keys.person.waiting(none), { 'family mum': `1 ${S1}` });
    const readers = [some, none].map((person) => ({ person, level: 'digest' as const }));
    expect(await alerts.withDevices(readers)).toEqual(readers.slice(0, 1));
    expect(await alerts.withWaiting(readers)).toEqual(readers.slice(1));
    expect(await alerts.withDevices([])).toEqual([]);
  });
});

describe('pageMembers', () => {
  it('reads everybody with their level, digest when they chose none', async () => {
    const circle = uuidv7();
    const levels = ['all', 'digest', 'help-only', 'none'] as const;
    const memberships = Object.fromEntries(
      Array.from({ length: 1_200 }, (_, index) => [
        `p${index}`,
        JSON.stringify({ joinedSeq: 1, ...(index > 3 ? {} : { alerts: levels[index] }) }),
      ]),
    );
    await redis.hset(keys.circle.membership(circle), memberships);
    const found = new Map<string, string>();
    for await (const page of alerts.pageMembers(circle)) for (const { person, level } of page) found.set(person, level);
    expect(found.size).toBe(1_200);
    expect(['p0', 'p1', 'p2', 'p3', 'p4'].map((person) => found.get(person))).toEqual([...levels, 'digest']);
  });
});
