import { uuidv7 } from 'uuidv7';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { BATCH_MAX, DIGEST_OVERDUE_SECONDS } from '../contract/limits.ts';
import type { Member } from '../contract/people.ts';
import { type AlertJob, type Lane, QUEUES } from '../platform/jobs.ts';
import { createAlerts } from '../store/alerts.ts';
import type { StatusRecord } from '../store/statuses.ts';
import { listDueAlerts } from '../testing/due-alerts.ts';
import { fromNow, makeMember, makeRecord, NOW, openStoreWorld, silent } from '../testing/store-world.ts';
import { waitFor } from '../testing/wait-for.ts';
import { createFanout } from './consumer.ts';

const world = openStoreWorld('fanout');
const { stores } = world;
afterAll(world.close);

let observed: [Lane, number][];
const fanOut = createFanout({
  ...stores,
  queues: world.queues,
  metrics: { observeFanout: (lane, seconds) => observed.push([lane, seconds]) },
  log: silent,
  now: () => fromNow(2_000),
});

let circle: string;
let author: Member;
beforeEach(async () => {
  observed = [];
  ({ id: circle, keeper: author } = await world.makeCircle());
});

async function commit(...records: StatusRecord[]) {
  const { batches } = await stores.statuses.commit(0, 'fanout', records, uuidv7());
  const [batch = { id: '', ids: [] }] = batches;
  return batch;
}
/** With what follows the job's end: it does not wait for the outbox. */
async function run(batch: { id: string; ids: string[] }): Promise<void> {
  await fanOut(batch.id, { shard: 0, ids: batch.ids });
  await waitFor(async () => !(await isWaiting(batch)));
}
const shown = async (id: string, person = author) =>
  (await stores.boards.read(id, person.id, NOW))?.members.find(({ member }) => member.id === person.id)?.status?.id ?? null;
const isWaiting = async (batch: { id: string }) => (await world.listWaiting()).some(({ id }) => id === batch.id);
const helpsOf = async (id: string) =>
  (await world.listJobs<AlertJob>(QUEUES.alertsHelp))
    .filter(({ data }) => data.circle === id)
    .map(({ data, id: job }) => ({ ...data, job }));
const digestsOf = async (id: string) => (await listDueAlerts(world.redis, world.keys)).filter(({ alert }) => alert.circle === id);
const digestOf = (id: string, window: number) => ({ alert: { kind: 'digest', circle: id, window } });

const readSeq = async (id: string) => Number(await world.redis.hget(world.keys.circle.info(id), 'seq'));

async function retract(record: StatusRecord) {
  const batch = uuidv7();
  expect(await stores.statuses.retract(record.id, author.id, batch)).toBe('queued');
  return { id: batch, ids: [record.id] };
}

describe('a batch', () => {
  it('reaches the boards of all its circles, then leaves the outbox', async () => {
    const other = await world.makeCircle('friends', author);
    const [both, one] = [
      makeRecord(author.id, [circle, other.id]),
      makeRecord(author.id, [circle], { acceptedAt: fromNow(1).toISOString() }),
    ];
    const batch = await commit(both, one);
    expect(await isWaiting(batch)).toBe(true);
    await run(batch);
    expect([await shown(circle), await shown(other.id)]).toEqual([one.id, both.id]);
    expect(await isWaiting(batch)).toBe(false);
    expect(observed).toEqual([
      ['fanout', 2],
      ['fanout', 1.999],
    ]);
  });

  it('is told once, when it is done twice and at the same time', async () => {
    const batch = await commit(makeRecord(author.id, [circle]), makeRecord(author.id, [circle]));
    await Promise.all([run(batch), run(batch), run(batch)]);
    await run(batch);
    expect((await world.readFrames(circle)).filter(({ t }) => t === 'status')).toHaveLength(2);
    expect(await digestsOf(circle)).toHaveLength(1);
  });

  it('reaches no circle that the author has left, and is done all the same', async () => {
    const hana = await world.letIn(circle, author);
    const batch = await commit(makeRecord(hana.id, [circle, uuidv7()]));
    await stores.members.remove(circle, hana.id, 'leave');
    await run(batch);
    expect(JSON.stringify(await world.readFrames(circle))).not.toContain(batch.ids[0]);
    expect(await digestsOf(circle)).toEqual([]);
    expect(await isWaiting(batch)).toBe(false);
  });

  it('goes on without statuses that were erased meanwhile', async () => {
    const [gone, stays] = [makeRecord(author.id, [circle]), makeRecord(author.id, [circle])];
    const batch = await commit(gone, stays);
    await stores.statuses.forget([gone.id]);
    await run(batch);
    expect(await shown(circle)).toBe(stays.id);
    expect(await isWaiting(batch)).toBe(false);
  });

  it('stays in the outbox while anything of it fails', async () => {
    const [bad, good] = [makeRecord(author.id, [uuidv7()]), makeRecord(author.id, [circle])];
    await world.redis.set(world.keys.circle.members(bad.circles[0] ?? ''), 'not a hash');
    const batch = await commit(bad, good);
    await expect(fanOut(batch.id, { shard: 0, ids: batch.ids })).rejects.toThrow('WRONGTYPE');
    expect(await isWaiting(batch)).toBe(true);
    expect(await shown(circle)).toBe(good.id);
  });
});

it('holds up no other status of the circle when the history of one author is broken', async () => {
  const hana = await world.letIn(circle, author);
  await world.redis.set(world.keys.circle.history(circle, hana.id), 'not a set');
  const good = makeRecord(author.id, [circle]);
  const batch = await commit(makeRecord(hana.id, [circle]), good);
  await expect(fanOut(batch.id, { shard: 0, ids: batch.ids })).rejects.toThrow('WRONGTYPE');
  expect(await isWaiting(batch)).toBe(true);
  expect(await shown(circle)).toBe(good.id);
  expect(await digestsOf(circle)).toMatchObject([digestOf(circle, 1)]);
});

describe('batches that run at the same time', () => {
  it('share one script for each circle, and leave the outbox together', async () => {
    const other = await world.makeCircle('friends', author);
    const batches = [];
    for (let index = 0; index < 6; index++) batches.push(await commit(makeRecord(author.id, [circle, other.id])));
    const before = await readSeq(circle);
    const hear = await world.listen(world.keys.circle.channel(circle));
    await Promise.all(batches.map(run));
    expect(await hear()).toHaveLength(1);
    expect(await readSeq(circle)).toBe(before + 6);
    expect(await Promise.all(batches.map(isWaiting))).toEqual(batches.map(() => false));
  });

  it('fail alone', async () => {
    const broken = uuidv7();
    await world.redis.set(world.keys.circle.members(broken), 'not a hash');
    const [bad, good] = [await commit(makeRecord(author.id, [broken])), await commit(makeRecord(author.id, [circle]))];
    const ends = await Promise.allSettled([run(bad), run(good)]);
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect([await isWaiting(bad), await isWaiting(good)]).toEqual([true, false]);
    expect(await shown(circle)).toBe(good.ids[0]);
  });

  it('reach a circle in pieces where they have more for it than a script takes', async () => {
    const records = Array.from({ length: BATCH_MAX + 10 }, () => makeRecord(author.id, [circle]));
    const batches = [await commit(...records.slice(0, BATCH_MAX)), await commit(...records.slice(BATCH_MAX))];
    const hear = await world.listen(world.keys.circle.channel(circle));
    await Promise.all(batches.map(run));
    expect(await hear()).toHaveLength(2);
    expect((await world.readFrames(circle)).filter(({ t }) => t === 'status')).toHaveLength(records.length);
  });
});

describe('alerts', () => {
  it('are one digest for the window of a circle, when it is due', async () => {
    await run(await commit(makeRecord(author.id, [circle]), makeRecord(author.id, [circle])));
    expect(await digestsOf(circle)).toMatchObject([digestOf(circle, 1)]);
    expect(await helpsOf(circle)).toEqual([]);
  });

  it('wait until the last digest is DIGEST_SECONDS ago', async () => {
    await world.redis.hset(world.keys.circle.alerts(circle), { window: 4, dueAt: '', lastAt: NOW.getTime() });
    await run(await commit(makeRecord(author.id, [circle])));
    expect(await digestsOf(circle)).toEqual([{ ...digestOf(circle, 5), dueAt: fromNow(20_000).getTime() }]);
  });

  it('of help go out at once, on a queue of their own', async () => {
    const help = makeRecord(author.id, [circle], { condition: 'help' });
    const batch = await commit(help);
    await Promise.all([run(batch), run(batch)]);
    const job = `help-${circle}-${help.id}`;
    expect(await helpsOf(circle)).toEqual([{ kind: 'help', circle, status: help.id, job }]);
    expect(await digestsOf(circle)).toEqual([]);
    expect(observed[0]?.[0]).toBe('help');
  });

  it('are scheduled by whoever opens the window, and by nobody after', async () => {
    await run(await commit(makeRecord(author.id, [circle])));
    await world.redis.del(world.keys.shard.dueAlerts(0));
    await run(await commit(makeRecord(author.id, [circle])));
    expect(await digestsOf(circle)).toEqual([]);
  });

  it('are scheduled by the second run when the first one crashed before it, also where others came in between', async () => {
    const [crashed, between] = [makeRecord(author.id, [circle]), makeRecord(author.id, [circle])];
    const batch = await commit(crashed);
    await stores.publishing.publish(circle, [crashed], NOW);
    await run(await commit(between));
    expect(await digestsOf(circle)).toEqual([]);
    await run(batch);
    expect(await digestsOf(circle)).toMatchObject([digestOf(circle, 1)]);
    const told = await createAlerts(world.redis, world.keys).claimDigest(circle, 1, fromNow(5_000));
    expect(new Set(told.map(({ status }) => status))).toEqual(new Set([crashed.id, between.id]));
  });

  it.each(['takes it back', 'leaves'])(
    'are scheduled where a crash came before it and the one who opened the window %s, also where others came in between',
    async (what) => {
      const aki = await world.letIn(circle, author);
      const crashed = makeRecord(aki.id, [circle]);
      const batch = await commit(crashed);
      await stores.publishing.publish(circle, [crashed], NOW);
      await run(await commit(makeRecord(author.id, [circle])));
      expect(await digestsOf(circle)).toEqual([]);
      if (what === 'leaves') await stores.members.remove(circle, aki.id, 'leave');
      else expect(await stores.statuses.retract(crashed.id, aki.id, uuidv7())).toBe('queued');
      await run(batch);
      expect(await digestsOf(circle)).toMatchObject([digestOf(circle, 1)]);
    },
  );

  it('are scheduled for the circles that were reached when another one fails', async () => {
    const broken = uuidv7();
    await world.redis.set(world.keys.circle.members(broken), 'not a hash');
    const batch = await commit(makeRecord(author.id, [broken, circle]));
    await expect(fanOut(batch.id, { shard: 0, ids: batch.ids })).rejects.toThrow('WRONGTYPE');
    expect(await digestsOf(circle)).toMatchObject([digestOf(circle, 1)]);
  });

  it('are scheduled again where the digest is long overdue, whatever became of it', async () => {
    const dueAt = fromNow(2_000 - DIGEST_OVERDUE_SECONDS * 1_000).getTime();
    await world.redis.hset(world.keys.circle.alerts(circle), { window: 4, dueAt, lastAt: 0 });
    await run(await commit(makeRecord(author.id, [circle])));
    expect(await digestsOf(circle)).toEqual([]);
    await world.redis.hset(world.keys.circle.alerts(circle), { dueAt: dueAt - 1 });
    await run(await commit(makeRecord(author.id, [circle])));
    expect(await digestsOf(circle)).toMatchObject([digestOf(circle, 4)]);
  });
});

describe('a retraction', () => {
  it('takes the status off, and tells of the withdrawal of help only', async () => {
    const [ok, help] = [
      makeRecord(author.id, [circle]),
      makeRecord(author.id, [circle], { condition: 'help', acceptedAt: fromNow(1).toISOString() }),
    ];
    await run(await commit(ok, help));
    await run(await retract(help));
    expect(await shown(circle)).toBe(ok.id);
    await run(await retract(ok));
    expect(await shown(circle)).toBeNull();
    const withdrawn = (await helpsOf(circle)).filter(({ kind }) => kind === 'withdrawn');
    expect(withdrawn).toEqual([{ kind: 'withdrawn', circle, status: help.id, job: `withdrawn-${circle}-${help.id}` }]);
  });

  it('is no arrival: how long ago the status was accepted is not how long its fan-out took', async () => {
    const record = makeRecord(author.id, [circle]);
    await run(await commit(record));
    observed = [];
    await run(await retract(record));
    expect(observed).toEqual([]);
  });

  it('may come before its status, or at the same time: the status does not stay', async () => {
    for (let round = 0; round < 10; round++) {
      const record = makeRecord(author.id, [circle]);
      const batch = await commit(record);
      const retraction = await retract(record);
      await Promise.all(round % 2 ? [run(batch), run(retraction)] : [run(retraction), run(batch), run(retraction)]);
      expect(await shown(circle)).toBeNull();
    }
  });

  it('falls back past what expired and what is retracted too', async () => {
    const at = (ms: number) => ({ writtenAt: fromNow(ms).toISOString(), acceptedAt: fromNow(ms).toISOString() });
    const records = [0, 1, 2, 3].map((ms) => makeRecord(author.id, [circle], at(ms)));
    const [stands, expired, other, newest] = records as [StatusRecord, StatusRecord, StatusRecord, StatusRecord];
    await run(await commit(...records));
    await stores.statuses.forget([expired.id]);
    const later = await retract(other);
    await run(await retract(newest));
    expect(await shown(circle)).toBe(stands.id);
    await run(later);
    const told = (await world.readFrames(circle)).filter(({ t }) => t === 'retracted').map(({ id }) => id);
    expect(new Set(told)).toEqual(new Set([newest.id, other.id]));
  });

  it('reaches nobody through an author who is a stranger', async () => {
    const stranger = makeMember();
    await run(await commit(makeRecord(stranger.id, [circle])));
    expect(await world.readFrames(circle)).toHaveLength(1);
  });
});
