import { afterAll, describe, expect, it } from 'vitest';
import { createAlerts } from '../store/alerts.ts';
import { NOW, openStoreWorld } from '../testing/store-world.ts';
import { fillPeople, fillStatuses } from './fill-people.ts';

const world = openStoreWorld('fill-people');
const stores = { ...world.stores, alerts: createAlerts(world.redis, world.keys) };
const now = () => NOW;
afterAll(world.close);

const layout = {
  people: [{ nickname: 'さくら' }, { nickname: '健太' }, { nickname: 'Minh' }, { nickname: 'Ana' }],
  circles: [
    { kind: 'family' as const, name: '家族', members: [1, 0, 2] },
    { kind: 'friends' as const, name: '友だち', members: [2, 1] },
  ],
};

describe('fillPeople', () => {
  it('makes people who are signed in, and members with their keeper first', async () => {
    const { people, circles } = await fillPeople(stores, layout, now);
    expect(people.map(({ circles: own }) => own.length)).toEqual([1, 2, 2, 0]);
    const session = await stores.sessions.find(people[1]?.token ?? '', NOW);
    expect(session?.session.person).toBe(people[1]?.id);
    const listed = await stores.circles.listOf(people[1]?.id ?? '');
    expect(listed.map(({ circle: { id, role, memberCount } }) => ({ id, role, memberCount }))).toEqual(
      expect.arrayContaining([
        { id: circles[0], role: 'keeper', memberCount: 3 },
        { id: circles[1], role: 'member', memberCount: 2 },
      ]),
    );
  });

  it('refuses a layout that names nobody', async () => {
    const broken = { ...layout, circles: [{ kind: 'family' as const, name: '家族', members: [9] }] };
    await expect(fillPeople(stores, broken, now)).rejects.toThrow('no person 9');
  });
});

describe('fillStatuses', () => {
  it('puts an OK of everybody on their boards, leaves nothing to fan out and no alert to send', async () => {
    const made = await fillPeople(stores, layout, now);
    expect(await fillStatuses(stores, made, now)).toBe(3);
    const board = await stores.boards.read(made.circles[0] ?? '', made.people[0]?.id ?? '', NOW);
    expect(board?.members.map(({ status }) => status?.condition)).toEqual(['ok', 'ok', 'ok']);
    expect(await stores.outbox.oldestWaitMs(0)).toBeNull();
    expect(await world.redis.exists(world.keys.circle.news(made.circles[0] ?? ''))).toBe(0);
    expect(await world.redis.hget(world.keys.circle.alerts(made.circles[0] ?? ''), 'dueAt')).toBe('');
  });
});
