import { uuidv7 } from 'uuidv7';
import { afterAll, expect, it, vi } from 'vitest';
import { fromNow, makeRecord, NOW, openStoreWorld } from '../testing/store-world.ts';
import { createDeliveryReader } from './delivery.ts';

const world = openStoreWorld('delivery');
const { stores } = world;
let isBusy = false;
const delivery = createDeliveryReader({ ...stores, pressure: { sheds: (kind) => kind === 'footprints' && isBusy } });
afterAll(world.close);

it('says to its author alone how far a status has come', async () => {
  const { id: circle, keeper } = await world.makeCircle();
  const [hana, ken] = [await world.letIn(circle, keeper), await world.letIn(circle, keeper)];
  const record = makeRecord(keeper.id, [circle]);
  await stores.statuses.commit(0, 'fanout', [record], uuidv7());
  const read = () => delivery.readOwn(keeper.id, record.id);
  expect(await read()).toEqual({ boards: 0, alerted: 0, reached: 0, seen: 0 });
  await stores.publishing.publish(circle, [record], NOW);
  await stores.statuses.recordAlerted(new Map([[record.id, new Set([hana.id, ken.id])]]));
  await stores.reached.record(hana.id, [record.id]);
  await stores.footprints.record(circle, ken.id, [record], fromNow(1));
  expect(await read()).toEqual({ boards: 1, alerted: 2, reached: 1, seen: 1 });
  expect(await delivery.readWithNames(record)).toEqual({ delivery: await read(), seenBy: [ken] });
  expect(await delivery.readOwn(hana.id, record.id)).toBeNull();
  expect(await delivery.readOwn(keeper.id, uuidv7())).toBeNull();
  await stores.statuses.retract(record.id, keeper.id, uuidv7());
  expect(await read()).toBe('withdrawn');
  expect(await delivery.readOwn(hana.id, record.id)).toBeNull();
});

it('leaves out who has seen a status while many post, except of *help*', async () => {
  const { id: circle, keeper } = await world.makeCircle();
  const ken = await world.letIn(circle, keeper);
  const [ok, help] = [makeRecord(keeper.id, [circle]), makeRecord(keeper.id, [circle], { condition: 'help' })];
  for (const record of [ok, help]) {
    await stores.statuses.commit(0, 'fanout', [record], uuidv7());
    await stores.publishing.publish(circle, [record], NOW);
    await stores.footprints.record(circle, ken.id, [record], fromNow(1));
  }
  isBusy = true;
  expect(await delivery.readWithNames(ok)).toMatchObject({ delivery: { boards: 1, seen: 0 }, seenBy: [] });
  expect(await delivery.readOwn(keeper.id, ok.id)).toMatchObject({ boards: 1, seen: 0 });
  expect(await delivery.readWithNames(help)).toMatchObject({ delivery: { seen: 1 }, seenBy: [ken] });
  isBusy = false;
  expect(await delivery.readOwn(keeper.id, ok.id)).toMatchObject({ seen: 1 });
});

it('counts without a look at the profile of anybody who has seen it', async () => {
  const { id: circle, keeper } = await world.makeCircle();
  const record = makeRecord(keeper.id, [circle]);
  await stores.statuses.commit(0, 'fanout', [record], uuidv7());
  await stores.publishing.publish(circle, [record], NOW);
  for (let count = 0; count < 5; count++) {
    const { id } = await world.letIn(circle, keeper);
    await stores.footprints.record(circle, id, [record], fromNow(1));
  }
  const looked = vi.spyOn(world.redis, 'hget');
  expect(await delivery.readOwn(keeper.id, record.id)).toMatchObject({ seen: 5 });
  expect(looked.mock.calls.map(([key]) => key)).toEqual([world.keys.circle.info(circle), world.keys.circle.membership(circle)]);
  looked.mockRestore();
});
