import { uuidv7 } from 'uuidv7';
import { afterAll, expect, it } from 'vitest';
import { fromNow, makeRecord, NOW, openStoreWorld } from '../testing/store-world.ts';
import { createDeliveryReader } from './delivery.ts';

const world = openStoreWorld('delivery');
const { stores } = world;
const delivery = createDeliveryReader(stores);
afterAll(world.close);

it('says to its author alone how far a status has come', async () => {
  const { id: circle, keeper } = await world.makeCircle();
  const [hana, ken] = [await world.letIn(circle, keeper), await world.letIn(circle, keeper)];
  const record = makeRecord(keeper.id, [circle]);
  await stores.statuses.commit(0, 'fanout', [record], uuidv7(), NOW);
  const read = () => delivery.readOwn(keeper.id, record.id);
  expect(await read()).toEqual({ boards: 0, alerted: 0, reached: 0, seen: 0 });
  await stores.publishing.publish(circle, [record], NOW);
  await stores.statuses.recordAlerted(new Map([[record.id, new Set([hana.id, ken.id])]]));
  await stores.reached.record(hana.id, [record.id]);
  await stores.footprints.record(circle, ken.id, [record], fromNow(1));
  expect(await read()).toEqual({ boards: 1, alerted: 2, reached: 1, seen: 1 });
  expect(await delivery.read(record)).toMatchObject({ seenBy: [ken] });
  expect(await delivery.readOwn(hana.id, record.id)).toBeNull();
  expect(await delivery.readOwn(keeper.id, uuidv7())).toBeNull();
  await stores.statuses.retract(record.id, keeper.id, uuidv7(), fromNow(2));
  expect(await read()).toBeNull();
});
