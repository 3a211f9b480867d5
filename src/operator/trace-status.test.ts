import { uuidv7 } from 'uuidv7';
import { afterAll, expect, it } from 'vitest';
import { addFanoutJob } from '../platform/fanout-job.ts';
import { type AlertJob, QUEUES } from '../platform/jobs.ts';
import { createTraces } from '../store/traces.ts';
import { fromNow, makeRecord, NOW, openStoreWorld } from '../testing/store-world.ts';
import { traceStatus } from './trace-status.ts';

const world = openStoreWorld('trace-status');
const { redis, keys, stores, queues } = world;
const options = {
  reached: world.stores.reached,
  statuses: stores.statuses,
  traces: createTraces(redis, keys),
  dueAlerts: stores.dueAlerts,
  queues,
};
afterAll(world.close);

it('knows nothing of a status that was never accepted', async () => {
  expect(await traceStatus(uuidv7(), options)).toBeNull();
});

it('sees a status wait without a job, with one, and arrive', async () => {
  const { id: circle, keeper } = await world.makeCircle();
  const record = makeRecord(keeper.id, [circle]);
  const { batches } = await stores.statuses.commit(0, 'fanout', [record], uuidv7());
  const batch = batches[0]?.id ?? '';
  expect(await traceStatus(record.id, options)).toMatchObject({
    shard: 0,
    lane: 'fanout',
    isRetracted: false,
    batches: [{ id: batch, job: { state: 'unknown' } }],
    circles: [{ circle, standing: 'absent', alert: null }],
  });
  await addFanoutJob(queues, { lane: 'fanout', shard: 0, batch, ids: [record.id] });
  expect((await traceStatus(record.id, options))?.batches).toMatchObject([{ job: { state: 'waiting', attempts: 5 } }]);
  const { digest } = await stores.publishing.publish(circle, [record], NOW);
  const window = digest?.window ?? 0;
  const alert = { kind: 'digest', circle, window } as const;
  await stores.outbox.finish(0, [batch], [{ alert, dueAt: fromNow(60_000).getTime() }]);
  expect(await traceStatus(record.id, options)).toMatchObject({
    batches: [],
    circles: [{ standing: 'on-board', digest: { window }, alert: 'scheduled' }],
  });
  const taken = await stores.dueAlerts.take(0, fromNow(60_000), 1);
  expect((await traceStatus(record.id, options))?.circles).toMatchObject([{ alert: 'taken' }]);
  await stores.dueAlerts.finish(0, [alert], taken);
  expect((await traceStatus(record.id, options))?.circles).toMatchObject([{ alert: 'lost' }]);
  await queues.get<AlertJob>(QUEUES.alerts).add('digest', alert, { jobId: `digest-${circle}-${window}` });
  expect(await traceStatus(record.id, options)).toMatchObject({ circles: [{ alert: { state: 'waiting' } }] });
});

it('sees the alert job of a help, and that it was taken back', async () => {
  const { id: circle, keeper } = await world.makeCircle();
  const record = makeRecord(keeper.id, [circle], { condition: 'help', note: '閉じ込められた' });
  await stores.statuses.commit(0, 'help', [record], uuidv7());
  await queues
    .get<AlertJob>(QUEUES.alertsHelp)
    .add('help', { kind: 'help', circle, status: record.id }, { jobId: `help-${circle}-${record.id}` });
  expect(await traceStatus(record.id, options)).toMatchObject({ lane: 'help', circles: [{ alert: { state: 'waiting' } }] });
  await stores.statuses.retract(record.id, keeper.id, uuidv7());
  const trace = await traceStatus(record.id, options);
  expect(trace?.isRetracted).toBe(true);
  expect(trace?.batches).toHaveLength(2);
});
