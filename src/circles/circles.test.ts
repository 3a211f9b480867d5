import { uuidv7 } from 'uuidv7';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Member, Person } from '../contract/people.ts';
import { NOW, openStoreWorld } from '../testing/store-world.ts';
import { createCirclesService } from './circles.ts';

const world = openStoreWorld('circles-service');
const forgotten: unknown[] = [];
const service = createCirclesService({
  ...world.stores,
  forgetFootprints: async (...left) => void forgotten.push(left),
  now: () => NOW,
});
afterAll(world.close);

let circle: string;
let keeper: Member;
let hana: Member;
beforeEach(async () => {
  ({ id: circle, keeper } = await world.makeCircle());
  hana = await world.letIn(circle, keeper);
});
const refusal = (code: string) => expect.objectContaining({ code });
const toPerson = ({ id, nickname, avatar }: Member): Person => ({
  id,
  nickname,
  avatar,
  locale: 'ja',
  country: 'JP',
  footprints: true,
});

describe('createCirclesService', () => {
  it('makes a circle under the own face unless another is given', async () => {
    const made = await service.create(toPerson(hana), { name: 'x', kind: 'friends', nickname: 'Boss' });
    expect(await service.view(hana.id, made.id)).toMatchObject({
      circle: { name: 'x', kind: 'friends', role: 'keeper' },
      member: { ...hana, nickname: 'Boss', role: 'keeper' },
    });
  });

  it('tells whoever is no member that nothing is there, before anything else', async () => {
    const stranger = uuidv7();
    const tries = [
      service.view(stranger, circle),
      service.viewAsKeeper(stranger, circle),
      service.change(stranger, circle, { name: 'x' }),
      service.remove(stranger, circle),
      service.readBoard(stranger, circle),
      service.readFeed(stranger, circle, '00000000-1', 10),
      service.changeMember(stranger, circle, hana.id, { role: 'keeper' }),
      service.removeMember(stranger, circle, hana.id),
      service.removeMember(stranger, circle, stranger),
    ];
    const outcomes = await Promise.allSettled(tries);
    expect(outcomes).toEqual(tries.map(() => ({ status: 'rejected', reason: refusal('not-found') })));
  });

  it('keeps what a change does not name', async () => {
    await service.change(keeper.id, circle, { invites: 'members' });
    expect(await service.change(keeper.id, circle, { name: 'Suzuki' })).toMatchObject({ name: 'Suzuki', invites: 'members' });
  });

  it('has alerts at `digest` until somebody chooses, and shows them to oneself only', async () => {
    expect(await service.changeMember(hana.id, circle, hana.id, { nickname: 'x' })).toMatchObject({ alerts: 'digest' });
    expect(await service.changeMember(keeper.id, circle, hana.id, { role: 'keeper' })).not.toHaveProperty('alerts');
  });

  it('lets two keepers not both leave at once', async () => {
    await service.changeMember(keeper.id, circle, hana.id, { role: 'keeper' });
    const outcomes = await Promise.allSettled([keeper, hana].map(({ id }) => service.removeMember(id, circle, id)));
    expect(outcomes.map(({ status }) => status).filter((status) => status === 'fulfilled')).toHaveLength(1);
    expect(outcomes).toContainEqual({ status: 'rejected', reason: refusal('last-keeper') });
  });

  it('says that a position is lost', async () => {
    await expect(service.readFeed(hana.id, circle, '00000000-1', 10)).rejects.toEqual(refusal('position-lost'));
  });
});

describe('somebody who goes', () => {
  it('leaves their footprints to a chore, and so does a circle that is deleted', async () => {
    forgotten.length = 0;
    await service.removeMember(hana.id, circle, hana.id);
    await service.remove(keeper.id, circle);
    expect(forgotten).toEqual([
      [circle, [hana.id], NOW.getTime()],
      [circle, [keeper.id], 'deleted'],
    ]);
  });
});
