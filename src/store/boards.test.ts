import { uuidv7 } from 'uuidv7';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Member } from '../contract/people.ts';
import { DAY_MS, fromNow, makeRecord, NOW, openStoreWorld } from '../testing/store-world.ts';

const world = openStoreWorld('boards');
const { stores } = world;
const { boards, publishing } = stores;
afterAll(world.close);

let circle: string;
let keeper: Member;
beforeEach(async () => {
  ({ id: circle, keeper } = await world.makeCircle());
});

describe('read', () => {
  it('gives every member with their newest status, or null', async () => {
    const hana = await world.letIn(circle, keeper);
    const status = makeRecord(hana.id, [circle], { condition: 'evacuated', note: 'gym' });
    await publishing.publish(circle, [status], NOW);
    const board = await boards.read(circle, keeper.id, NOW);
    const { id, condition, note, writtenAt, acceptedAt } = status;
    expect(board).toMatchObject({
      circle: { id: circle, memberCount: 2, role: 'keeper' },
      since: fromNow(-DAY_MS).toISOString(),
      counts: { ok: 0, evacuated: 1, hurt: 0, help: 0, silent: 1 },
    });
    expect(board?.members).toHaveLength(2);
    expect(board?.members).toEqual(
      expect.arrayContaining([
        { member: keeper, status: null },
        { member: hana, status: { id, author: hana, condition, note, writtenAt, acceptedAt } },
      ]),
    );
  });

  it('shows statuses under the face that a member has now', async () => {
    await publishing.publish(circle, [makeRecord(keeper.id, [circle])], NOW);
    await stores.members.change(circle, keeper.id, ({ member, membership }) => ({
      member: { ...member, nickname: 'Mum' },
      membership,
    }));
    expect((await boards.read(circle, keeper.id, NOW))?.members[0]?.status?.author.nickname).toBe('Mum');
  });

  it('is null for strangers, for former members, and for what does not exist', async () => {
    const left = await world.letIn(circle, keeper);
    await stores.members.remove(circle, left.id, 'leave');
    expect(await boards.read(circle, uuidv7(), NOW)).toBeNull();
    expect(await boards.read(circle, left.id, NOW)).toBeNull();
    expect(await boards.read(uuidv7(), keeper.id, NOW)).toBeNull();
  });

  it('has the position of exactly its content', async () => {
    const reads = Array.from({ length: 30 }, async () => {
      await publishing.publish(circle, [makeRecord(keeper.id, [circle], { writtenAt: new Date().toISOString() })], NOW);
      return boards.read(circle, keeper.id, NOW);
    });
    const byPosition = new Map<string, string | undefined>();
    for (const board of await Promise.all(reads)) {
      const shown = board?.members[0]?.status?.id;
      expect(byPosition.get(board?.position ?? '') ?? shown).toBe(shown);
      byPosition.set(board?.position ?? '', shown);
    }
  });
});
