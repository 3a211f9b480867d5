import { uuidv7 } from 'uuidv7';
import { afterAll, describe, expect, it } from 'vitest';
import { CIRCLES_PER_PERSON_MAX } from '../contract/limits.ts';
import { makeMember, NOW, openStoreWorld } from '../testing/store-world.ts';
import { createCircleLists } from './circle-lists.ts';

const world = openStoreWorld('circle-lists');
const { redis, keys, stores } = world;
const lists = createCircleLists(redis, keys);
afterAll(world.close);

const makeCircleOf = (id: string) =>
  stores.circles.create({ id: uuidv7(), name: 'x', kind: 'family', member: { ...makeMember('keeper'), id }, now: NOW });

describe('createCircleLists', () => {
  it('lets a person into as many circles as they may be in, however many they join at once', async () => {
    const person = uuidv7();
    const made = await Promise.all(Array.from({ length: CIRCLES_PER_PERSON_MAX + 15 }, () => makeCircleOf(person)));
    expect(made.filter(Boolean).length).toBeLessThanOrEqual(CIRCLES_PER_PERSON_MAX);
    while (await makeCircleOf(person));
    expect(await redis.hlen(keys.person.circles(person))).toBe(CIRCLES_PER_PERSON_MAX);
    expect(await stores.circles.listOf(person)).toHaveLength(CIRCLES_PER_PERSON_MAX);
  });

  it('still admits the circle that is on a full list: the same step sent twice', async () => {
    const person = uuidv7();
    while (await makeCircleOf(person));
    const [first] = await stores.circles.listOf(person);
    expect(await lists.add(person, first?.circle.id ?? '', 'family')).toBe(true);
  });

  it('does not count what is on the list alone, such as circles deleted during a crash', async () => {
    const person = uuidv7();
    for (let index = 0; index < CIRCLES_PER_PERSON_MAX; index++) await lists.confirm(person, uuidv7(), 'family');
    expect(await makeCircleOf(person)).toBe(true);
    expect(await redis.hlen(keys.person.circles(person))).toBe(1);
  });

  it('keeps a circle that the person is in, whoever wants to drop it', async () => {
    const { id, keeper } = await world.makeCircle('work');
    await lists.drop(keeper.id, id);
    expect(await redis.hgetall(keys.person.circles(keeper.id))).toEqual({ [id]: 'work' });
  });
});
