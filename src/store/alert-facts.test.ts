import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { type AlertWorld, createAlertWorld, type Somebody } from '../testing/alert-world.ts';
import { type AlertFactsStore, createAlertFacts } from './alert-facts.ts';
import { createPresence } from './presence.ts';

let world: AlertWorld;
let facts: AlertFactsStore;
let mum: Somebody;
let dad: Somebody;
let family: string;
beforeEach(async () => {
  world = createAlertWorld(inject('redisUrl'), null);
  facts = createAlertFacts(world.redis, world.keys, world.stores.statuses);
  mum = await world.addPerson('Mum', { locale: 'ja', country: 'JP' });
  dad = await world.addPerson('Dad');
  family = await world.createCircle('Family', [mum, dad]);
});
afterEach(() => world.close());

describe('createAlertFacts', () => {
  it('knows who reads, and in which circle', async () => {
    const reader = { locale: 'ja', country: 'JP' };
    expect(await facts.readDevice(mum.id, mum.session)).toEqual({ reader, subscription: null, isVisible: false });
    const subscription = { endpoint: 'https://push.example/1', keys: { p256dh: '', auth: '' } };
    const stored = { ...subscription, provider: 'other', origin: 'https://seen.example' } as const;
    await world.stores.pushSubscriptions.put(mum.id, mum.session, stored);
    await createPresence(world.redis, world.keys).setVisible(mum.id, mum.session, true);
    expect(await facts.readDevice(mum.id, mum.session)).toEqual({ reader, subscription: stored, isVisible: true });
    expect(await facts.readDevice(mum.id, dad.session)).toEqual({ reader: null, subscription: null, isVisible: false });
    expect(await facts.readDevice('nobody', dad.session)).toEqual({ reader: null, subscription: null, isVisible: false });
    expect(await facts.readCircle(family, [mum.id, 'stranger'])).toEqual({
      name: 'Family',
      levels: new Map([[mum.id, 'digest']]),
    });
    expect(await facts.readCircle('unknown', [mum.id])).toBeNull();
  });

  it('joins the statuses of one author into the newest, newest author first', async () => {
    const statuses = await world.post(
      { author: mum, circles: [family], condition: 'hurt', writtenAt: '2026-03-11T05:50:00.000Z' },
      { author: dad, circles: [family], writtenAt: '2026-03-11T05:49:00.000Z' },
      { author: mum, circles: [family], writtenAt: '2026-03-11T05:48:00.000Z' },
    );
    const ids = statuses.map(({ id }) => id);
    const read = await facts.readNews(family, ids);
    const { news, told } = read.select(ids);
    expect(news.map(({ name, condition }) => `${name} ${condition}`)).toEqual(['Mum hurt', 'Dad ok']);
    expect(told).toHaveLength(3);
    expect(read.select(ids.slice(1, 2))).toMatchObject({ news: [{ name: 'Dad' }], told: ids.slice(1, 2) });
    expect((await facts.readNews(family, ['unknown'])).select(['unknown'])).toEqual({ news: [], told: [] });
  });

  it('knows when a help was withdrawn', async () => {
    const [help] = await world.post({ author: mum, circles: [family], condition: 'help' });
    if (!help) throw new Error('one status');
    expect(await facts.readHelp(family, help.id)).toMatchObject({ name: 'Mum', condition: 'help' });
    const before = Date.now();
    await world.retract(help);
    expect(await facts.readHelp(family, help.id)).toBeNull();
    const withdrawn = await facts.readWithdrawn(family, help.id);
    expect(withdrawn).toMatchObject({ author: mum.id, name: 'Mum' });
    expect(withdrawn?.at).toBeGreaterThanOrEqual(before);
    expect(await facts.readWithdrawn(family, 'unknown')).toBeNull();
  });
});
