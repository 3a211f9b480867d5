import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Member } from '../contract/people.ts';
import { fromNow, makeRecord, NOW, openStoreWorld } from '../testing/store-world.ts';

const world = openStoreWorld('histories');
const { histories, publishing } = world.stores;
afterAll(world.close);

let circle: string;
let author: Member;
beforeEach(async () => {
  ({ id: circle, keeper: author } = await world.makeCircle());
});

describe('createHistories', () => {
  it('knows which statuses a circle was shown', async () => {
    const [shown, other] = [makeRecord(author.id, [circle]), makeRecord(author.id, [circle])];
    await publishing.publish(circle, [shown], NOW);
    expect(await histories.has(circle, shown)).toBe(true);
    expect(await histories.has(circle, other)).toBe(false);
  });

  it('lists newest first by when they were written, from the moment they were accepted', async () => {
    // Accepted in the order 1, 2, 3; the second was written last, the third long ago on a phone without network.
    const at = (ms: number) => fromNow(ms).toISOString();
    const first = makeRecord(author.id, [circle], { writtenAt: at(1), acceptedAt: at(1) });
    const second = makeRecord(author.id, [circle], { writtenAt: at(2), acceptedAt: at(2) });
    const third = makeRecord(author.id, [circle], { writtenAt: at(0), acceptedAt: at(3) });
    for (const status of [first, second, third]) await publishing.publish(circle, [status], NOW);
    expect(await histories.listIds(circle, author.id, at(0))).toEqual([second.id, first.id, third.id]);
    expect(await histories.listIds(circle, author.id, at(2))).toEqual([second.id, third.id]);
    expect(await histories.listIds(circle, author.id, at(4))).toEqual([]);
  });
});
