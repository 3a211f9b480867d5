import { Redis } from 'ioredis';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { DIGEST_LADDER_SECONDS, DIGEST_QUIET_SECONDS } from '../contract/limits.ts';
import { createAlerts, DIGEST_STATUSES_MAX } from './alerts.ts';
import { createKeys } from './keys.ts';

const redis = new Redis(inject('redisUrl'));
const keys = createKeys(`test-hear-news-${uuidv7()}:`);
const alerts = createAlerts(redis, keys);
afterAll(() => redis.quit());

const NOW = new Date('2026-03-11T05:52:10.000Z');
const DAY = 86_400_000;
const [S1, S2] = [uuidv7(), uuidv7()] as const;

describe('hear', () => {
  const [family, work] = ['family', 'work'];
  const inSeconds = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000);
  let person: string;
  beforeEach(async () => {
    person = uuidv7();
    await redis.hset(keys.person.push(person), { phone: 'fcm {"endpoint":"1"}' });
    await redis.hset(keys.person.circles(person), { family: '', work: '', choir: '' });
  });
  /** Each by somebody else. */
  const ofAuthors = (statuses: string[]) => statuses.map((status) => ({ status, author: `author-of-${status}` }));
  /** Hears, and puts it into the queues. */
  async function hear(job: string, circle: string, news: string[], at: Date) {
    const heard = await alerts.hear(person, job, circle, ofAuthors(news), at);
    await alerts.settleHeard(person, job);
    return { told: heard.taken.map(({ circle: by, status }) => `${by} ${status}`), dueAt: heard.dueAt };
  }

  it('is at once, then each time a step later, and from the start again after quiet hours', async () => {
    let seconds = 0;
    for (const step of [0, ...DIGEST_LADDER_SECONDS, DIGEST_LADDER_SECONDS.at(-1) ?? 0]) {
      const status = uuidv7();
      const due = inSeconds(seconds + step);
      if (step > 0) {
        expect(await hear(`early-${due}`, family, [status], inSeconds(seconds + 1))).toEqual({ told: [], dueAt: due.getTime() });
        expect((await hear(`early2-${due}`, family, [], new Date(due.getTime() - 1))).told).toEqual([]);
      }
      expect(await hear(`due-${due}`, family, step > 0 ? [] : [status], due)).toEqual({
        told: [`${family} ${status}`],
        dueAt: null,
      });
      seconds += step;
    }
    expect((await hear('again', family, [S1], inSeconds(seconds + DIGEST_QUIET_SECONDS))).told).toHaveLength(1);
    expect((await hear('again2', family, [S2], inSeconds(seconds + DIGEST_QUIET_SECONDS + 20))).told).toHaveLength(1);
  });

  it('joins the circles of one person: one alert in twenty seconds, however many have news', async () => {
    expect((await hear('a', family, [S1], NOW)).told).toEqual([`${family} ${S1}`]);
    const dueAt = inSeconds(20).getTime();
    expect(await hear('b', work, [S2], inSeconds(5))).toEqual({ told: [], dueAt });
    const third = uuidv7();
    expect(await hear('c', 'choir', [third], inSeconds(9))).toEqual({ told: [], dueAt });
    const told = [`${work} ${S2}`, `choir ${third}`];
    expect(new Set((await hear('d', 'choir', [], inSeconds(20))).told)).toEqual(new Set(told));
    expect(await hear('e', work, [], inSeconds(20))).toEqual({ told: [], dueAt: null });
  });

  it('goes by whichever circle of a status is heard of first, once', async () => {
    await hear('a', work, [S1], NOW);
    expect((await hear('b', work, [S2], inSeconds(15))).told).toEqual([]);
    await hear('c', work, [], inSeconds(20));
    const third = uuidv7();
    expect((await hear('d', work, [third], inSeconds(60))).told).toEqual([]);
    expect((await hear('e', family, [third], inSeconds(61))).told).toEqual([`${family} ${third}`]);
    expect(await hear('f', work, [], inSeconds(600))).toEqual({ told: [], dueAt: null });
  });

  it('gives a job that was stopped what it had taken, and no other job, however often and at once', async () => {
    const jobs = ['a', 'a', 'b', 'a', 'c'].map((job) => alerts.hear(person, job, family, ofAuthors([S1, S2]), NOW));
    const heard = await Promise.all(jobs);
    expect(heard.map(({ taken }) => taken.length)).toEqual([2, 2, 0, 2, 0]);
    expect((await alerts.hear(person, 'a', family, ofAuthors([S1, S2]), inSeconds(3_600))).taken).toEqual(heard[0]?.taken);
    await alerts.settleHeard(person, 'a');
    expect((await alerts.hear(person, 'a', family, ofAuthors([S1, S2]), inSeconds(3_600))).taken).toEqual([]);
  });

  it('claims a status for digests and help alike', async () => {
    await alerts.claim(person, 'help-a', [S1], NOW);
    expect((await hear('a', family, [S1, S2], NOW)).told).toEqual([`${family} ${S2}`]);
    expect((await alerts.claim(person, 'digest-b-1', [S2], NOW)).statuses).toEqual([]);
  });

  it('claims what waits only when it is told: another circle may still tell it, or one that the person has not left', async () => {
    await hear('a', family, [S1], NOW);
    await hear('b', work, [S2], inSeconds(1));
    const [third, fourth] = [uuidv7(), uuidv7()];
    await hear('c', family, [third, fourth], inSeconds(2));
    await hear('d', work, [third], inSeconds(3));
    expect((await alerts.claim(person, 'digest-e', [fourth], inSeconds(4))).statuses).toEqual([fourth]);
    await redis.hdel(keys.person.circles(person), family);
    expect((await hear('f', 'choir', [], inSeconds(21))).told).toEqual([`${work} ${S2}`, `${work} ${third}`]);
    expect(await redis.exists(keys.person.waiting(person))).toBe(0);
  });

  it('drops what was told meanwhile, without an alert or a step of the ladder', async () => {
    await hear('a', family, [S1], NOW);
    await hear('b', family, [S2], inSeconds(1));
    await alerts.claim(person, 'digest-c', [S2], inSeconds(2));
    const before = await redis.hgetall(keys.person.alerted(person));
    expect(await hear('d', family, [], inSeconds(21))).toEqual({ told: [], dueAt: null });
    expect(await redis.hgetall(keys.person.alerted(person))).toEqual(before);
    expect(await redis.exists(keys.person.waiting(person))).toBe(0);
  });

  it('has the newest two statuses of an author wait, in whatever order they come', async () => {
    await hear('a', family, [S1], NOW);
    const [oldest, older, newer] = [uuidv7(), uuidv7(), uuidv7()];
    for (const status of [oldest, newer, older, oldest, newer]) {
      await alerts.hear(person, `b-${status}`, family, [{ status, author: 'mum' }], inSeconds(1));
    }
    expect(await redis.hlen(keys.person.waiting(person))).toBe(2);
    expect((await hear('c', family, [], inSeconds(20))).told).toEqual([`${family} ${older}`, `${family} ${newer}`]);
    expect(await redis.exists(keys.person.waiting(person))).toBe(0);
  });

  it('leaves what the version before reads, one status in each field, and reads what that leaves', async () => {
    await hear('a', family, [S1], NOW);
    const [oldest, older, newer, other] = [uuidv7(), uuidv7(), uuidv7(), uuidv7()];
    for (const status of [older, newer]) {
      await alerts.hear(person, `b-${status}`, family, [{ status, author: 'mum' }], inSeconds(1));
    }
    const due = inSeconds(20).getTime();
    const waiting = keys.person.waiting(person);
    expect(await redis.hgetall(waiting)).toEqual({
      [`${family} mum`]: `${due} ${newer}`,
      [`${family} mum older`]: `${due} ${older}`,
    });
    // It told the newest alone; and what nobody can read stops nothing.
    await redis.hdel(waiting, `${family} mum`);
    await redis.hset(waiting, {
      [`${family} dad`]: `${due} ${other}`,
      [`${family} sis`]: 'broken',
      [`${work} sis older`]: 'broken',
    });
    await alerts.hear(person, 'c', family, [{ status: oldest, author: 'dad' }], inSeconds(2));
    const told = [older, oldest, other].map((status) => `${family} ${status}`);
    expect((await hear('d', family, [], inSeconds(20))).told).toEqual(told);
    expect(await redis.exists(waiting)).toBe(0);
  });

  it('takes no older status whose newer one was told meanwhile', async () => {
    await hear('a', family, [S1], NOW);
    const [older, newer] = [uuidv7(), uuidv7()];
    const news = [older, newer].map((status) => ({ status, author: 'mum' }));
    await alerts.hear(person, 'b', family, news, inSeconds(1));
    await alerts.claim(person, 'help-c', [newer], inSeconds(2));
    expect(await hear('d', family, [], inSeconds(20))).toEqual({ told: [], dueAt: null });
  });

  it('tells the newest of a circle where there are more than an alert may tell', async () => {
    const many = Array.from({ length: DIGEST_STATUSES_MAX + 2 }, () => uuidv7());
    expect((await hear('a', family, many, NOW)).told).toEqual(many.slice(2).map((status) => `${family} ${status}`));
    expect(await hear('b', family, [], inSeconds(3_600))).toEqual({ told: [], dueAt: null });
  });

  it('lets whoever asks find somebody whose alert was taken and not queued', async () => {
    await alerts.hear(person, 'a', family, ofAuthors([S1]), NOW);
    const reader = { person, level: 'digest' as const };
    expect(await alerts.withWaiting([reader])).toEqual([reader]);
    await alerts.settleHeard(person, 'a');
    expect(await alerts.withWaiting([reader])).toEqual([]);
  });

  it('keeps nothing for whoever has no device, and nothing for ever', async () => {
    await hear('a', family, [S1], NOW);
    await hear('b', family, [S2], NOW);
    expect(await redis.ttl(keys.person.waiting(person))).toBeGreaterThan(3_600);
    expect(await redis.pttl(keys.person.alerted(person))).toBeGreaterThan(6 * DAY);
    await redis.del(keys.person.push(person));
    expect(await hear('c', family, [uuidv7()], inSeconds(60))).toEqual({ told: [], dueAt: null });
    expect(await redis.exists(keys.person.waiting(person))).toBe(0);
  });
});
