import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import type { AlertJob } from '../platform/jobs.ts';
import { createAlerts } from '../store/alerts.ts';
import { type AlertWorld, createAlertWorld, type Somebody } from '../testing/alert-world.ts';
import { listDueAlerts } from '../testing/due-alerts.ts';
import { type FakePushService, startFakePushService } from '../testing/push-service.ts';
import { createAlertProcessor } from './consumer.ts';

let service: FakePushService;
let world: AlertWorld;
let clock: number;
let fails: boolean;
let processJob: (job: { data: AlertJob }) => Promise<void>;
const now = () => new Date(clock);

beforeEach(async () => {
  clock = Date.now();
  fails = false;
  service = await startFakePushService();
  world = createAlertWorld(inject('redisUrl'), service, now);
  const { keys, queues, redis, stores } = world;
  const log = pino({ level: 'silent' });
  const get: typeof queues.get = (name) => {
    if (fails && name.startsWith('push')) throw new Error('OOM');
    return queues.get(name);
  };
  processJob = createAlertProcessor({
    alerts: createAlerts(redis, keys),
    dueAlerts: stores.dueAlerts,
    statuses: stores.statuses,
    queues: { ...queues, get },
    log,
    now,
  });
});
afterEach(async () => {
  await world.close();
  await service.close();
});

/** Moves the clock on, and does each alert job when it is due by it. */
async function runUntil(moment: number): Promise<void> {
  for (;;) {
    const { dueAlerts } = world.stores;
    const [next] = await listDueAlerts(world.redis, world.keys);
    if (!next || next.dueAt > moment) break;
    clock = Math.max(clock, next.dueAt);
    const taken = await dueAlerts.take(0, now(), 1);
    for (const data of taken.alerts) {
      await processJob({ data });
      // Twice, as any alert may be.
      await processJob({ data });
    }
    await dueAlerts.finish(0, taken.alerts, taken);
  }
  clock = Math.max(clock, moment);
}

async function toldTo({ id }: Somebody) {
  return (await world.waitingPushes()).filter(({ data }) => data.person === id).map(({ data }) => data);
}

/** Each once, in whatever order. */
function expectEach(found: string[], wanted: string[]): void {
  expect(found).toHaveLength(wanted.length);
  expect(new Set(found)).toEqual(new Set(wanted));
}

describe('the ladder', () => {
  it('makes at most six alerts of forty-six answers thirty seconds apart, and none of them is missing', async () => {
    const authors = await Promise.all(Array.from({ length: 46 }, (_, index) => world.addPerson(`Author ${index}`)));
    const reader = await world.addPerson('Reader');
    const circle = await world.createCircle('Class', [...authors, reader]);
    const statuses: string[] = [];
    const start = clock;
    for (const [index, author] of authors.entries()) {
      await runUntil(start + index * 30_000);
      statuses.push(...(await world.post({ author, circles: [circle] })).map(({ id }) => id));
    }
    await runUntil(start + 3_600_000);
    const told = await toldTo(reader);
    expect(told.length).toBeGreaterThan(1);
    expect(told.length).toBeLessThanOrEqual(6);
    expectEach(
      told.flatMap((alert) => alert.statuses),
      statuses,
    );
    for (const author of authors) expect((await toldTo(author)).length).toBeLessThanOrEqual(6);
  });

  it('is the reader’s own: whoever has heard nothing yet hears of an answer at once', async () => {
    const [mum, dad] = [await world.addPerson('Mum'), await world.addPerson('Dad')];
    const circle = await world.createCircle('Family', [mum, dad]);
    const start = clock;
    for (let count = 0; count < 4; count++) {
      await world.post({ author: mum, circles: [circle] });
      await runUntil(start + (count + 1) * 60_000);
    }
    expect((await toldTo(dad)).length).toBe(3);
    await world.post({ author: dad, circles: [circle] });
    await runUntil(clock + 40_000);
    expect(await toldTo(mum)).toHaveLength(1);
  });

  it('bounds the alerts of one person by time, not by circles or posts', async () => {
    const reader = await world.addPerson('Reader');
    const friends = await Promise.all(Array.from({ length: 13 }, (_, index) => world.addPerson(`Friend ${index}`)));
    const circles = await Promise.all(friends.map((friend, index) => world.createCircle(`Circle ${index}`, [friend, reader])));
    const start = clock;
    const statuses: string[] = [];
    for (let second = 0; second < 120; second += 10) {
      await runUntil(start + second * 1_000);
      for (const [index, author] of friends.entries()) {
        const posted = await world.post({ author, circles: [circles[index] ?? ''] });
        statuses.push(...posted.map(({ id }) => id));
      }
    }
    await runUntil(start + 120_000);
    const told = await toldTo(reader);
    expect(told.length).toBeLessThanOrEqual(1 + 120 / 20);
    await runUntil(start + 3_600_000);
    const all = await toldTo(reader);
    const heard = all.flatMap((alert) => [...alert.statuses, ...(alert.others ?? []).flatMap((other) => other.statuses)]);
    // Of each author what waited longer is overtaken; the newest of each is told, and nothing twice.
    expect(new Set(heard).size).toBe(heard.length);
    expect(heard).toEqual(expect.arrayContaining(statuses.slice(-friends.length)));
  });
});

describe('what waits', () => {
  let circle: string;
  let mum: Somebody;
  let dad: Somebody;
  beforeEach(async () => {
    [mum, dad] = [await world.addPerson('Mum'), await world.addPerson('Dad')];
    circle = await world.createCircle('Family', [mum, dad]);
  });
  const told = async () =>
    (await toldTo(dad)).flatMap((alert) => [...alert.statuses, ...(alert.others ?? []).flatMap((other) => other.statuses)]);

  /** Two statuses, the second of which waits. */
  async function postTwo(): Promise<string[]> {
    const [first] = await world.post({ author: mum, circles: [circle] });
    await runUntil(clock + 2_000);
    const [second] = await world.post({ author: mum, circles: [circle] });
    clock += 5_000;
    await processJob({ data: { kind: 'digest', circle, window: 2 } });
    return [first?.id ?? '', second?.id ?? ''];
  }
  async function laters() {
    const due = await listDueAlerts(world.redis, world.keys);
    return due.map(({ alert }) => alert).filter((alert) => alert.kind === 'later');
  }

  it('is told by a job that failed once after it had taken it', async () => {
    const statuses = await postTwo();
    const [later] = await laters();
    if (!later) throw new Error('nothing waits');
    clock = later.at;
    fails = true;
    await expect(processJob({ data: later })).rejects.toThrow('OOM');
    expect(await told()).toEqual(statuses.slice(0, 1));
    fails = false;
    for (const _ of [1, 2]) await processJob({ data: later });
    expectEach(await told(), statuses);
  });

  it('is told by its job even where the clock is behind', async () => {
    const statuses = await postTwo();
    const [later] = await laters();
    if (!later) throw new Error('nothing waits');
    clock = later.at - 25_000;
    await processJob({ data: later });
    expectEach(await told(), statuses);
  });

  it('is told at once by a circle where every status is wanted, and once', async () => {
    const apart = await world.createCircle('Apart', [mum, dad]);
    await world.setLevel(apart, dad, 'all');
    await postTwo();
    await runUntil(clock + 60_000);
    const [both] = await world.post({ author: mum, circles: [circle, apart] });
    clock += 2_000;
    await processJob({ data: { kind: 'digest', circle, window: 3 } });
    expect(await told()).not.toContain(both?.id);
    await processJob({ data: { kind: 'digest', circle: apart, window: 1 } });
    expect(await told()).toContain(both?.id);
    await runUntil(clock + 3_600_000);
    expect((await told()).filter((id) => id === both?.id)).toHaveLength(1);
  });

  it.each(['left', 'none'] as const)('is told by the other circle where the first is %s meanwhile', async (how) => {
    const other = await world.createCircle('Other', [mum, dad]);
    for (const id of [circle, other, circle, other]) {
      await world.post({ author: mum, circles: [id] });
      await runUntil(clock + 40_000);
    }
    const [both] = await world.post({ author: mum, circles: [circle, other] });
    clock += 2_000;
    for (const id of [circle, other]) await processJob({ data: { kind: 'digest', circle: id, window: 3 } });
    expect(await told()).not.toContain(both?.id);
    if (how === 'left') await world.stores.members.remove(circle, dad.id, 'leave');
    else await world.setLevel(circle, dad, 'none');
    await runUntil(clock + 3_600_000);
    const alerts = await toldTo(dad);
    expect(alerts.filter((alert) => alert.statuses.includes(both?.id ?? '')).map((alert) => alert.circle)).toEqual([other]);
  });
});
