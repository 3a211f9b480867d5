import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import webPush from 'web-push';
import { startAlertWorkers } from '../alerts/workers.ts';
import { DIGEST_SECONDS, DIGEST_SPREAD_SECONDS } from '../contract/limits.ts';
import { startPushWorkers } from '../push/workers.ts';
import { type AlertWorld, createAlertWorld, type Somebody } from './alert-world.ts';
import { listDueAlerts } from './due-alerts.ts';
import { type FakePushService, startFakePushService } from './push-service.ts';
import { waitFor } from './wait-for.ts';

const vapid = { ...webPush.generateVAPIDKeys(), subject: 'mailto:op@buji.example' };

let service: FakePushService;
let world: AlertWorld;
let started: { close(): Promise<void> }[];
let aheadMs: number;
const now = () => new Date(Date.now() + aheadMs);

beforeEach(async () => {
  service = await startFakePushService(vapid.publicKey);
  aheadMs = 0;
  world = createAlertWorld(inject('redisUrl'), service, now);
  const { redis, openWorkerConnection, keys, queues, stores } = world;
  const common = { redis, openWorkerConnection, keys, log: pino({ level: 'silent' }), now };
  const push = { statusShards: 1, statusTtlSeconds: 3_600, publicUrl: null, vapid, allowedHosts: [service.origin] };
  started = [
    startAlertWorkers({ ...common, queues, dueAlerts: stores.dueAlerts, statuses: stores.statuses, isBehind: () => false }),
    startPushWorkers({ ...common, ...push, metrics: { countPush: () => undefined, setPushLane: () => undefined } }),
  ];
});
afterEach(async () => {
  await Promise.all(started.map((workers) => workers.close()));
  await world.close();
  expect(service.faults).toEqual([]);
  await service.close();
});

const titlesAt = ({ endpoint }: Somebody) => service.delivered(endpoint).map(({ payload }) => payload.notification.title);
/** All that was to be sent has been sent: nothing waits, and nothing is being worked on. */
async function isQuiet(): Promise<boolean> {
  const names = ['alerts', 'alerts-help', 'push-other', 'push-other-help'];
  const counts = await Promise.all(names.map((name) => world.queues.get(name).getJobCounts('waiting', 'active', 'delayed')));
  const due = await listDueAlerts(world.redis, world.keys);
  return due.length === 0 && counts.every(({ waiting, active, delayed }) => !waiting && !active && !delayed);
}

describe('from a status to the phones', () => {
  it('five quick OKs are one alert on each phone, in its language; none tells of oneself', async () => {
    const authors = await Promise.all(['Mum', 'Dad', 'Sis', 'Bob', 'Eve'].map((name) => world.addPerson(name)));
    const reader = await world.addPerson('Ken', { locale: 'ja', timeZone: 'Asia/Tokyo' });
    const family = await world.createCircle('Family', [...authors, reader]);
    await world.post(...authors.map((author) => ({ author, circles: [family] })));
    await waitFor(() => service.delivered().length === 6);
    expect(titlesAt(reader)).toEqual([expect.stringMatching(/^\w+ とほか4人は無事です$/)]);
    for (const author of authors) {
      expect(titlesAt(author)).toEqual([expect.stringMatching(/^\w+ and 3 others are OK$/)]);
      expect(titlesAt(author)[0]).not.toContain(author.member.nickname);
    }
    await waitFor(isQuiet);
    expect(service.received).toHaveLength(6);
  });

  it('what follows the first at once waits for the next digest', async () => {
    const [mum, dad] = [await world.addPerson('Mum'), await world.addPerson('Dad')];
    const family = await world.createCircle('Family', [mum, dad]);
    await world.post({ author: mum, circles: [family] });
    await waitFor(() => titlesAt(dad).length === 1);
    await world.post({ author: mum, circles: [family], condition: 'evacuated' });
    const digestOf = async (window: number) =>
      (await listDueAlerts(world.redis, world.keys)).find(({ alert }) => alert.kind === 'digest' && alert.window === window);
    await waitFor(async () => (await digestOf(2)) !== undefined);
    const waitsMs = ((await digestOf(2))?.dueAt ?? 0) - now().getTime();
    expect(waitsMs).toBeGreaterThan(15_000);
    expect(waitsMs).toBeLessThanOrEqual((DIGEST_SECONDS + DIGEST_SPREAD_SECONDS) * 1_000);
    aheadMs = waitsMs;
    await waitFor(() => titlesAt(dad).length === 2);
    expect(titlesAt(dad)).toEqual(['Mum is OK', 'Mum has evacuated']);
  });

  it('help comes at once, also while the circle is between two digests, once by way of two circles, and is taken back', async () => {
    const [mum, dad, sis] = [await world.addPerson('Mum'), await world.addPerson('Dad'), await world.addPerson('Sis')];
    const family = await world.createCircle('Family', [mum, dad, sis]);
    const work = await world.createCircle('Work', [mum, dad]);
    await world.setLevel(family, sis, 'none');
    await world.post({ author: mum, circles: [family] });
    await waitFor(() => titlesAt(dad).length === 1);
    const [help] = await world.post({ author: mum, circles: [family, work], condition: 'help' });
    await waitFor(() => titlesAt(dad).length === 2);
    await waitFor(async () => (await world.stores.statuses.countAlerted(help?.id ?? '')) === 1);
    if (help) await world.retract(help);
    await waitFor(() => titlesAt(dad).length === 3);
    await waitFor(isQuiet);
    expect(titlesAt(dad)).toEqual(['Mum is OK', 'Mum needs help', 'Mum has taken back the call for help']);
    expect([...titlesAt(sis), ...titlesAt(mum)]).toEqual([]);
  });
});
