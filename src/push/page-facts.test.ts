import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import type { PushAlert } from '../platform/jobs.ts';
import { createAlertFacts } from '../store/alert-facts.ts';
import { type AlertWorld, createAlertWorld } from '../testing/alert-world.ts';
import { readPageFacts } from './page-facts.ts';

let world: AlertWorld;
beforeEach(() => {
  world = createAlertWorld(inject('redisUrl'), null);
});
afterEach(() => world.close());

describe('readPageFacts', () => {
  it('knows what each alert of a page is about, with as many reads as for one of them', async () => {
    const people = await Promise.all(['Mum', 'Dad', 'Sis', 'Bob'].map((name) => world.addPerson(name)));
    const [mum, dad] = people;
    if (!mum || !dad) throw new Error('four people');
    const family = await world.createCircle('Family', people);
    const [news] = await world.post({ author: mum, circles: [family] });
    const [help] = await world.post({ author: dad, circles: [family], condition: 'help' });
    const alerts = people.flatMap(({ id: person, session }): PushAlert[] => [
      { kind: 'digest', person, session, circle: family, statuses: [news?.id ?? ''] },
      { kind: 'help', person, session, circle: family, statuses: [help?.id ?? ''] },
    ]);
    let commands = 0;
    const redis = new Redis(inject('redisUrl'));
    await redis.ping();
    const send = redis.sendCommand;
    redis.sendCommand = (...sent) => {
      commands += 1;
      return send.apply(redis, sent);
    };
    const facts = createAlertFacts(redis, world.keys, world.stores.statuses);
    const page = await readPageFacts(facts, alerts);
    const ofMany = commands;
    commands = 0;
    await readPageFacts(facts, alerts.slice(0, 2));
    expect(ofMany).toBe(commands);
    expect([...(page.circle(family)?.levels.keys() ?? [])].sort()).toEqual(people.map(({ id }) => id).sort());
    expect(page.news(family, [news?.id ?? ''])).toMatchObject({ news: [{ name: 'Mum' }], told: [news?.id] });
    expect(page.help(family, help?.id ?? '')).toMatchObject({ name: 'Dad' });
    expect(page.withdrawn(family, help?.id ?? '')).toBeNull();
    expect(page.circle('another')).toBeNull();
    expect(page.news('another', ['x'])).toEqual({ news: [], told: [] });
    redis.disconnect();
  });
});
