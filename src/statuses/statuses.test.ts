import { uuidv7 } from 'uuidv7';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Member, Person } from '../contract/people.ts';
import { type FanoutJob, QUEUES } from '../platform/jobs.ts';
import type { DeliveryNotice } from '../store/control-messages.ts';
import type { StatusRecord } from '../store/statuses.ts';
import { fromNow, makeRecord, NOW, openStoreWorld, silent } from '../testing/store-world.ts';
import { waitFor } from '../testing/wait-for.ts';
import { createStatusesService } from './statuses.ts';

const world = openStoreWorld('statuses-service');
const { stores } = world;
const told: DeliveryNotice[] = [];
const service = createStatusesService({
  ...stores,
  pressure: { sheds: () => false },
  tellAuthors: (notices) => void told.push(...notices),
  queues: world.queues,
  log: silent,
});
afterAll(world.close);

let circle: string;
let keeper: Member;
let reader: Member;
beforeEach(async () => {
  ({ id: circle, keeper } = await world.makeCircle());
  reader = await world.letIn(circle, keeper);
});

const toPerson = ({ id, nickname, avatar }: Member): Person => ({
  id,
  nickname,
  avatar,
  locale: 'ja',
  country: 'JP',
  footprints: true,
});
const readAs = (member: Member, id: string) => service.read(member.id, id, async () => toPerson(member));
const RATE = { points: 1e6, seconds: 60 };
const refusal = (code: string) => expect.objectContaining({ code });

/** Accepted and, unless told otherwise, fanned out. */
async function post(fields: Partial<StatusRecord> = {}, { isPublished = true } = {}): Promise<StatusRecord> {
  const status = makeRecord(keeper.id, [circle], fields);
  await stores.posting.begin(status.author, status.id, undefined, new Date(status.acceptedAt), RATE);
  await stores.statuses.commit(0, 'fanout', [status], uuidv7());
  if (isPublished) for (const id of status.circles) await stores.publishing.publish(id, [status], NOW);
  return status;
}

describe('reading one status', () => {
  it('shows it to members as their circle knows the author, the place only where it was meant for', async () => {
    const status = await post({ note: 'gym', place: 'Sendai', placeCircles: [] });
    const { id, condition, note, writtenAt, acceptedAt } = status;
    expect(await readAs(reader, id)).toEqual({ id, author: keeper, condition, note, writtenAt, acceptedAt });
    const withPlace = await post({ place: 'Sendai', placeCircles: [circle] });
    expect(await readAs(reader, withPlace.id)).toMatchObject({ place: 'Sendai' });
  });

  it('adds for its author where it went and how far it has come', async () => {
    const other = await world.makeCircle('friends', keeper);
    const status = await post({ circles: [circle, other.id], place: 'Sendai', placeCircles: [] }, { isPublished: false });
    expect(await readAs(keeper, status.id)).toMatchObject({
      author: { id: keeper.id },
      place: 'Sendai',
      circles: [circle, other.id],
      delivery: { boards: 0, alerted: 0, reached: 0, seen: 0 },
    });
    await stores.publishing.publish(circle, [status], NOW);
    expect(await readAs(keeper, status.id)).toMatchObject({
      author: keeper,
      delivery: { boards: 1, alerted: 0, reached: 0, seen: 0 },
    });
  });

  it('asks for the profile only of an author whom no circle of the status knows', async () => {
    const status = await post();
    const asked: string[] = [];
    const readPerson = async (id: string) => {
      asked.push(id);
      return toPerson(keeper);
    };
    await service.read(keeper.id, status.id, readPerson);
    await service.read(reader.id, status.id, readPerson);
    expect(asked).toEqual([]);
    const waiting = await post({}, { isPublished: false });
    expect(await service.read(keeper.id, waiting.id, readPerson)).toMatchObject({ author: { id: keeper.id, role: 'member' } });
    expect(asked).toEqual([keeper.id]);
  });

  it('is not-found for strangers, for who left, who joined later, before the fan-out, and when retracted', async () => {
    const status = await post({ acceptedAt: fromNow(1).toISOString() });
    const late = await world.letIn(circle, keeper, undefined, fromNow(2));
    await stores.members.remove(circle, reader.id, 'leave');
    const waiting = await post({}, { isPublished: false });
    const retracted = await post();
    await service.retract(keeper.id, retracted.id);
    const tries: [Member, string][] = [
      [{ ...reader, id: uuidv7() }, status.id],
      [reader, status.id],
      [late, status.id],
      [late, waiting.id],
      [keeper, retracted.id],
      [keeper, uuidv7()],
    ];
    for (const [member, id] of tries) await expect(readAs(member, id)).rejects.toEqual(refusal('not-found'));
  });
});

describe("the author's latest status", () => {
  const latest = () => service.readLatest(keeper.id, toPerson(keeper));

  it('is the newest that still stands, or null', async () => {
    expect(await latest()).toBeNull();
    const first = await post();
    const second = await post({ acceptedAt: fromNow(1).toISOString() });
    expect((await latest())?.id).toBe(second.id);
    await service.retract(keeper.id, second.id);
    expect((await latest())?.id).toBe(first.id);
  });

  it("is never another person's, whose id somebody tried to take", async () => {
    const theirs = await post({ note: 'for my family only' });
    await stores.posting.begin(reader.id, theirs.id, undefined, NOW, RATE);
    expect(await service.readLatest(reader.id, toPerson(reader))).toBeNull();
  });
});

describe('retracting', () => {
  it('queues its news as help, once', async () => {
    const { id } = await post();
    await Promise.all([service.retract(keeper.id, id), service.retract(keeper.id, id)]);
    await service.retract(keeper.id, id);
    const isMine = ({ data }: { data: FanoutJob }) => data.ids.includes(id);
    await waitFor(async () => (await world.listJobs<FanoutJob>(QUEUES.help)).some(isMine));
    const jobs = (await world.listJobs<FanoutJob>(QUEUES.help)).filter(isMine);
    expect(jobs.map(({ data }) => data)).toEqual([{ shard: 0, ids: [id] }]);
    expect((await world.listWaiting()).map((batch) => batch.id)).toContain(jobs[0]?.id);
  });

  it('tells the other devices of its author, once', async () => {
    const { id } = await post();
    await service.retract(keeper.id, id);
    await service.retract(keeper.id, id);
    expect(told.filter(({ status }) => status === id)).toEqual([{ status: id, author: keeper.id, isHelp: false }]);
  });

  it('answers the same for what is not known and what is not theirs', async () => {
    const { id } = await post();
    await expect(service.retract(reader.id, id)).rejects.toEqual(refusal('not-found'));
    await expect(service.retract(reader.id, uuidv7())).rejects.toEqual(refusal('not-found'));
    expect((await readAs(keeper, id)).id).toBe(id);
    expect(told.map(({ status }) => status)).not.toContain(id);
  });
});

describe("a member's history", () => {
  it('is what the circle was shown since the reader joined, newest first, without what was retracted', async () => {
    const at = (ms: number) => ({ writtenAt: fromNow(ms).toISOString(), acceptedAt: fromNow(ms).toISOString() });
    await post(at(-1));
    const [first, retracted, last] = [await post(at(1)), await post(at(2)), await post(at(3))];
    await service.retract(keeper.id, retracted.id);
    const listed = await service.listOfMember(reader.id, circle, keeper.id);
    expect(listed.map(({ id }) => id)).toEqual([last.id, first.id]);
  });

  it('is not-found for strangers and about strangers', async () => {
    await post();
    for (const [from, about] of [
      [uuidv7(), keeper.id],
      [reader.id, uuidv7()],
    ] as const) {
      await expect(service.listOfMember(from, circle, about)).rejects.toEqual(refusal('not-found'));
    }
  });
});
