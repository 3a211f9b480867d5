import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import type { AlertJob } from '../platform/jobs.ts';
import { createAlerts } from '../store/alerts.ts';
import { type AlertWorld, createAlertWorld, type Somebody } from '../testing/alert-world.ts';
import { type FakePushService, startFakePushService } from '../testing/push-service.ts';
import { createAlertProcessor } from './consumer.ts';

let service: FakePushService;
let world: AlertWorld;
let process: (job: AlertJob) => Promise<void>;
let mum: Somebody;
let dad: Somebody;
let sis: Somebody;

beforeEach(async () => {
  service = await startFakePushService();
  world = createAlertWorld(inject('redisUrl'), service);
  const { keys, queues, redis, stores } = world;
  const log = pino({ level: 'silent' });
  const processor = createAlertProcessor({
    alerts: createAlerts(redis, keys),
    dueAlerts: stores.dueAlerts,
    statuses: stores.statuses,
    queues,
    log,
    now: () => new Date(),
  });
  process = (data) => processor({ data });
  mum = await world.addPerson('Mum');
  dad = await world.addPerson('Dad');
  sis = await world.addPerson('Sis');
});
afterEach(async () => {
  await world.close();
  await service.close();
});

const sorted = (texts: string[]): string[] => texts.toSorted((a, b) => (a < b ? -1 : 1));

/** Whom the waiting pushes are for, and what they tell. */
async function told(): Promise<Record<string, string[][]>> {
  const byPerson: Record<string, string[][]> = {};
  for (const { data } of await world.waitingPushes()) {
    byPerson[data.person] ??= [];
    byPerson[data.person]?.push(data.statuses);
  }
  return byPerson;
}

describe('digest', () => {
  it('is one push for each device of everybody but the author', async () => {
    const family = await world.createCircle('Family', [mum, dad, sis]);
    await world.addDevice(dad);
    const [status] = await world.post({ author: mum, circles: [family] });
    await process({ kind: 'digest', circle: family, window: 1 });
    const pushes = await world.waitingPushes();
    expect(sorted(pushes.map(({ data }) => data.person))).toEqual(sorted([dad.id, dad.id, sis.id]));
    for (const { data, lane } of pushes) {
      expect(lane).toBe('push-other');
      expect(data).toEqual({
        kind: 'digest',
        person: data.person,
        session: data.session,
        circle: family,
        statuses: [status?.id],
      });
    }
  });

  it('joins what came together, and leaves an author only the others', async () => {
    const family = await world.createCircle('Family', [mum, dad, sis]);
    const [byMum, byDad] = await world.post({ author: mum, circles: [family] }, { author: dad, circles: [family] });
    await process({ kind: 'digest', circle: family, window: 1 });
    expect(await told()).toEqual({ [mum.id]: [[byDad?.id]], [dad.id]: [[byMum?.id]], [sis.id]: [[byMum?.id, byDad?.id]] });
  });

  it('goes by the alert level of each member', async () => {
    const family = await world.createCircle('Family', [mum, dad, sis]);
    const bob = await world.addPerson('Bob');
    const work = await world.createCircle('Work', [mum, dad, sis, bob]);
    await world.setLevel(work, dad, 'all');
    await world.setLevel(work, sis, 'help-only');
    await world.setLevel(work, bob, 'none');
    const statuses = await world.post({ author: mum, circles: [work] }, { author: mum, circles: [work] });
    await process({ kind: 'digest', circle: work, window: 1 });
    expect(sorted((await told())[dad.id]?.flat() ?? [])).toEqual(sorted(statuses.map(({ id }) => id)));
    expect(Object.keys(await told())).toEqual([dad.id]);
    expect(await world.waitingPushes()).toHaveLength(2);
    await process({ kind: 'digest', circle: family, window: 1 });
    expect(await world.waitingPushes()).toHaveLength(2);
  });

  it('tells a status that came by way of two circles once', async () => {
    const family = await world.createCircle('Family', [mum, dad]);
    const work = await world.createCircle('Work', [mum, dad, sis]);
    await world.post({ author: mum, circles: [family, work] });
    await Promise.all([family, work].map((circle) => process({ kind: 'digest', circle, window: 1 })));
    expect(sorted((await world.waitingPushes()).map(({ data }) => data.person))).toEqual(sorted([dad.id, sis.id]));
  });

  it('adds nothing when it runs twice, at the same time or later', async () => {
    const family = await world.createCircle('Family', [mum, dad, sis]);
    await world.post({ author: mum, circles: [family] });
    const job: AlertJob = { kind: 'digest', circle: family, window: 1 };
    await Promise.all([process(job), process(job), process(job)]);
    await process(job);
    expect(await world.waitingPushes()).toHaveLength(2);
  });

  it('goes on where a stopped one left off, without telling anybody twice', async () => {
    const family = await world.createCircle('Family', [mum, dad, sis]);
    const [status] = await world.post({ author: mum, circles: [family] });
    const alerts = createAlerts(world.redis, world.keys);
    const news = [{ status: status?.id ?? '', author: mum.id }];
    // What a job did that was killed after it had alerted Dad.
    await alerts.claimDigest(family, 1, new Date());
    await alerts.hear(dad.id, `digest-${family}-1`, family, news, new Date());
    await alerts.settleHeard(dad.id, `digest-${family}-1`);
    await alerts.hear(sis.id, `digest-${family}-1`, family, news, new Date());
    await process({ kind: 'digest', circle: family, window: 1 });
    expect((await world.waitingPushes()).map(({ data }) => data.person)).toEqual([sis.id]);
    expect(await world.redis.exists(world.keys.circle.claim(family, 1))).toBe(0);
  });

  it('leaves out what was retracted before', async () => {
    const family = await world.createCircle('Family', [mum, dad]);
    const [status] = await world.post({ author: mum, circles: [family] });
    if (status) await world.retract(status);
    await process({ kind: 'digest', circle: family, window: 1 });
    expect(await world.waitingPushes()).toEqual([]);
  });
});

describe('help', () => {
  it('goes by its own lane to everybody but the author and who wants no alerts', async () => {
    const bob = await world.addPerson('Bob');
    const family = await world.createCircle('Family', [mum, dad, sis, bob]);
    await world.setLevel(family, dad, 'help-only');
    await world.setLevel(family, bob, 'none');
    const [status] = await world.post({ author: mum, circles: [family], condition: 'help' });
    const job: AlertJob = { kind: 'help', circle: family, status: status?.id ?? '' };
    await Promise.all([process(job), process(job)]);
    const pushes = await world.waitingPushes();
    expect(sorted(pushes.map(({ data, lane }) => `${lane} ${data.person}`))).toEqual(
      sorted([`push-other-help ${dad.id}`, `push-other-help ${sis.id}`]),
    );
  });

  it('is not told once it is retracted', async () => {
    const family = await world.createCircle('Family', [mum, dad]);
    const [status] = await world.post({ author: mum, circles: [family], condition: 'help' });
    if (status) await world.retract(status);
    await process({ kind: 'help', circle: family, status: status?.id ?? '' });
    await process({ kind: 'withdrawn', circle: family, status: status?.id ?? '' });
    expect(await world.waitingPushes()).toEqual([]);
  });

  it('is taken back for exactly those who were alerted, once', async () => {
    const family = await world.createCircle('Family', [mum, dad, sis]);
    const work = await world.createCircle('Work', [mum, dad]);
    await world.setLevel(family, sis, 'none');
    const [status] = await world.post({ author: mum, circles: [family, work], condition: 'help' });
    const id = status?.id ?? '';
    for (const circle of [family, work]) await process({ kind: 'help', circle, status: id });
    await world.setLevel(family, dad, 'none');
    await world.setLevel(family, sis, 'all');
    if (status) await world.retract(status);
    const jobs = [family, work, family].map((circle): AlertJob => ({ kind: 'withdrawn', circle, status: id }));
    await Promise.all(jobs.map(process));
    const pushes = await world.waitingPushes();
    expect(sorted(pushes.map(({ data }) => `${data.kind} ${data.person}`))).toEqual([`help ${dad.id}`, `withdrawn ${dad.id}`]);
    expect(new Set(pushes.map(({ lane }) => lane))).toEqual(new Set(['push-other-help']));
  });
});
