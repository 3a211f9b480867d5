import { uuidv7 } from 'uuidv7';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { COMMIT_MAX, COMMIT_QUEUE_MAX } from '../contract/limits.ts';
import type { PostStatus } from '../contract/statuses.ts';
import { type FanoutJob, type Lane, QUEUES } from '../platform/jobs.ts';
import { fromNow, makeMember, NOW, openStoreWorld, silent } from '../testing/store-world.ts';
import { waitFor } from '../testing/wait-for.ts';
import { type AcceptOptions, createAccept } from './accept.ts';

const world = openStoreWorld('accept');
const { stores } = world;
afterAll(world.close);

let author: string;
let FAMILY: string;
let WORK: string;
let clock: Date;
let counted: Lane[];
let commits: number;
let committedIn: number[];
beforeEach(async () => {
  const keeper = makeMember('keeper');
  author = keeper.id;
  [FAMILY, WORK] = [(await world.makeCircle('family', keeper)).id, (await world.makeCircle('work', keeper)).id];
  clock = NOW;
  counted = [];
  commits = 0;
  committedIn = [];
});

const options: AcceptOptions = {
  statuses: {
    ...stores.statuses,
    commit: (...args) => {
      commits += 1;
      return stores.statuses.commit(...args);
    },
  },
  posting: stores.posting,
  rate: { points: 1_000, seconds: 600 },
  observeCommit: (ms) => committedIn.push(ms),
  queues: world.queues,
  metrics: { observeAccept: () => undefined, countAccepted: (lane) => counted.push(lane) },
  log: silent,
  now: () => clock,
};
const accept = createAccept(options);
const post = (fields: Partial<PostStatus> = {}): PostStatus => ({ id: uuidv7(), condition: 'ok', ...fields });
/** As after the last of many leavings. */
const leaveAll = () => world.redis.del(world.keys.person.circles(author));
const refusal = (code: string) => expect.objectContaining({ code });
const jobsOf = async (queue: string, id: string) =>
  (await world.listJobs<FanoutJob>(queue)).filter(({ data }) => data.ids.includes(id));

describe('a receipt', () => {
  it('says what was stored: when, written when, for which circles', async () => {
    const status = post({ writtenAt: '1970-01-01T00:00:00.000Z', sentAt: '1970-01-01T00:00:05.000Z', circles: [WORK, uuidv7()] });
    const receipt = { id: status.id, acceptedAt: NOW.toISOString(), writtenAt: fromNow(-5_000).toISOString(), circles: [WORK] };
    expect(await accept(author, status)).toEqual(receipt);
    expect(await stores.statuses.read(status.id)).toEqual({ ...receipt, author, condition: 'ok' });
    expect(await stores.statuses.listOwn(author, 9)).toEqual([status.id]);
  });

  it('is the first one for every retry, whatever the retry says, also after leaving every circle', async () => {
    const status = post({ note: 'first' });
    const first = await accept(author, status);
    clock = fromNow(60_000);
    const retries = [status, { ...status, note: 'second' }, { ...status, condition: 'help' as const, circles: [WORK] }];
    for (const retry of retries) expect(await accept(author, retry)).toEqual(first);
    await leaveAll();
    expect(await accept(author, status)).toEqual(first);
    expect(await accept(author, { ...status, circles: [uuidv7()] })).toEqual(first);
    expect((await stores.statuses.read(status.id))?.note).toBe('first');
    expect(counted).toEqual(['fanout']);
  });

  it('is one for the same status posted many times at once', async () => {
    const status = post();
    const receipts = await Promise.all([1, 2, 3, 4].map(() => accept(author, status)));
    expect(new Set(receipts.map((receipt) => JSON.stringify(receipt))).size).toBe(1);
    expect(counted).toHaveLength(1);
    await waitFor(async () => (await jobsOf(QUEUES.fanout(0), status.id)).length === 1);
  });

  it('says `retracted` for a status whose retraction came first, and stores nothing', async () => {
    const status = post();
    await stores.statuses.retract(status.id, author, uuidv7());
    for (const _ of [1, 2]) expect(await accept(author, status)).toMatchObject({ id: status.id, retracted: true });
    expect(await stores.statuses.read(status.id)).toBeNull();
    expect(counted).toEqual([]);
  });

  it('says `retracted` for a retry of what was retracted since', async () => {
    const status = post({ circles: [FAMILY] });
    const first = await accept(author, status);
    await stores.statuses.retract(status.id, author, uuidv7());
    expect(await accept(author, status)).toEqual({ ...first, retracted: true });
  });
});

describe('a place', () => {
  it('is stored with whom it is for, and not at all when there is none', async () => {
    const [shown, plain] = [post({ place: 'Sendai' }), post({ placeCircles: [WORK] })];
    await Promise.all([accept(author, shown), accept(author, plain)]);
    expect(await stores.statuses.read(shown.id)).toMatchObject({ place: 'Sendai', placeCircles: [FAMILY] });
    expect(await stores.statuses.read(plain.id)).not.toHaveProperty('placeCircles');
  });
});

describe('a refusal', () => {
  it('is id-taken for the id of another person, and changes nothing', async () => {
    const status = post({ note: 'mine' });
    await accept(author, status);
    await expect(accept((await world.makeCircle()).keeper.id, { ...status, note: 'theirs' })).rejects.toEqual(
      refusal('id-taken'),
    );
    expect(await stores.statuses.read(status.id)).toMatchObject({ author, note: 'mine' });
    await leaveAll();
    await expect(accept(uuidv7(), status)).rejects.toEqual(refusal('no-circle'));
  });

  it('is not made by the tombstone of a stranger', async () => {
    const status = post();
    await stores.statuses.retract(status.id, uuidv7(), uuidv7());
    expect(await accept(author, status)).not.toHaveProperty('retracted');
    expect(await stores.statuses.read(status.id)).toMatchObject({ author });
  });

  it('is too-many-requests beyond the rate, also for the same id, and says when it ends', async () => {
    const slow = createAccept({ ...options, rate: { points: 2, seconds: 600 } });
    const status = post();
    await slow(author, status);
    await slow(author, status);
    const refused = { code: 'too-many-requests', refusal: { retryAfterSeconds: expect.any(Number) } };
    await expect(slow(author, status)).rejects.toMatchObject(refused);
  });

  it('is not-found where only an official circle is asked for whose keeper the author is not', async () => {
    const official = await world.makeCircle('official');
    const { keeper } = official;
    await world.letIn(official.id, keeper, { ...makeMember(), id: author });
    await expect(accept(author, post({ circles: [official.id] }))).rejects.toEqual(refusal('not-found'));
    expect((await accept(author, post())).circles.sort()).toEqual([FAMILY, WORK].sort());
    expect((await accept(keeper.id, post({ circles: [official.id] }))).circles).toEqual([official.id]);
  });

  it('stores nothing', async () => {
    const status = post({ circles: [uuidv7()] });
    await expect(accept(author, status)).rejects.toEqual(refusal('not-found'));
    await leaveAll();
    const nowhere = post();
    await expect(accept(author, nowhere)).rejects.toEqual(refusal('no-circle'));
    expect(await stores.statuses.readMany([status.id, nowhere.id])).toEqual([null, null]);
    expect(await stores.statuses.listOwn(author, 9)).toEqual([]);
  });
});

describe('the way onwards', () => {
  it('is one job with the ids of all that came together, and help has its own', async () => {
    const posts = Array.from({ length: 30 }, () => post());
    const help = post({ condition: 'help' });
    await Promise.all([...posts, help].map((status) => accept(author, status)));
    // Two groups of the others at most: who came first, and who came while that was committed; one for help.
    expect(commits).toBeLessThanOrEqual(3);
    expect(committedIn).toHaveLength(commits);
    await waitFor(async () => (await jobsOf(QUEUES.help, help.id)).length === 1);
    const [job] = await jobsOf(QUEUES.help, help.id);
    expect(job?.data).toEqual({ shard: 0, ids: [help.id] });
    const due = await world.listWaiting();
    expect(due).toContainEqual({ id: job?.id, lane: 'help', ids: [help.id] });
    expect(counted.filter((lane) => lane === 'help')).toHaveLength(1);
  });

  it('is not waited for: without the queue the status is accepted, and the outbox holds it', async () => {
    const broken = { ...world.queues, get: () => ({ add: () => Promise.reject(new Error('queue is away')) }) };
    const status = post();
    const receipt = await createAccept({ ...options, queues: broken as unknown as AcceptOptions['queues'] })(author, status);
    expect(receipt.id).toBe(status.id);
    expect((await world.listWaiting()).some(({ ids }) => ids.includes(status.id))).toBe(true);
  });
});

describe('when it cannot be confirmed', () => {
  it('there is no receipt, and the time that it took counts, also while the clock is set', async () => {
    let ms = 7_000;
    const timeOut = () => {
      ms += 1_500;
      clock = fromNow(-600_000);
      return Promise.reject(new Error('Command timed out'));
    };
    const failing = { ...options.statuses, commit: timeOut };
    await expect(createAccept({ ...options, statuses: failing, monotonicMs: () => ms })(author, post())).rejects.toThrow(
      'Command timed out',
    );
    expect(committedIn).toEqual([1_500]);
  });

  it('what waits is bounded, and what is beyond that is refused at once', async () => {
    const stuck: AcceptOptions['statuses'] = {
      ...stores.statuses,
      commit: () => new Promise(() => undefined),
    };
    const overloaded = createAccept({ ...options, statuses: stuck, rate: { points: 1e6, seconds: 600 } });
    const all = Array.from({ length: COMMIT_MAX + COMMIT_QUEUE_MAX + 1 }, () => overloaded(author, post()));
    await expect(Promise.race(all)).rejects.toEqual(refusal('unavailable'));
  });
});
