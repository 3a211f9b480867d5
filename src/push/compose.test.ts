import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import type { AlertPayload } from '../contract/push.ts';
import type { PushAlert } from '../platform/jobs.ts';
import { createAlertFacts } from '../store/alert-facts.ts';
import { createPresence } from '../store/presence.ts';
import { type AlertWorld, createAlertWorld, type Somebody } from '../testing/alert-world.ts';
import { type FakePushService, startFakePushService } from '../testing/push-service.ts';
import { type Composed, createComposer } from './compose.ts';

let service: FakePushService;
let world: AlertWorld;
let compose: (job: PushAlert) => Promise<Composed>;
let mum: Somebody;
let dad: Somebody;
let sis: Somebody;
let family: string;

function createComposerFor(publicUrl: string | null) {
  const facts = createAlertFacts(world.redis, world.keys, world.stores.statuses);
  const subscriptions = world.stores.pushSubscriptions;
  const composeAll = createComposer({ facts, subscriptions, publicUrl, now: () => new Date() });
  return async (alert: PushAlert) => (await composeAll([alert]))[0] as Composed;
}

beforeEach(async () => {
  service = await startFakePushService();
  world = createAlertWorld(inject('redisUrl'), service);
  compose = createComposerFor('https://buji.example');
  mum = await world.addPerson('Mum');
  dad = await world.addPerson('Dad', { locale: 'ja', country: 'JP' });
  sis = await world.addPerson('Sis', { timeZone: 'America/New_York' });
  family = await world.createCircle('Family', [mum, dad, sis]);
});
afterEach(async () => {
  await world.close();
  await service.close();
});

type Target = Pick<Somebody, 'id' | 'session'>;
function job(
  kind: PushAlert['kind'],
  { id: person, session }: Target,
  statuses: { id: string }[] = [],
  more: Partial<PushAlert> = {},
): PushAlert {
  const circle = kind === 'test' || kind === 'device' ? null : family;
  return { kind, person, session, circle, statuses: statuses.map(({ id }) => id), ...more };
}
/** What the device would show; fails when nothing is to be sent. */
async function shown(pushJob: PushAlert): Promise<AlertPayload['notification']> {
  const composed = await compose(pushJob);
  if ('skipped' in composed) throw new Error(composed.skipped);
  return (JSON.parse(composed.encoded.payload) as AlertPayload).notification;
}
const YEAR_AGO = '2025-03-11T05:46:18.000Z';

/** The number that it puts on the app's icon. */
async function badge(pushJob: PushAlert): Promise<unknown> {
  const composed = await compose(pushJob);
  if ('skipped' in composed) throw new Error(composed.skipped);
  return (JSON.parse(composed.encoded.payload) as AlertPayload).app_badge;
}

describe('a browser that changed hands', () => {
  it('gets nothing any more for the person before, even of what a crash has left', async () => {
    const subscription = await world.stores.pushSubscriptions.get(mum.id, mum.session);
    const left = await world.redis.hget(world.keys.person.push(mum.id), mum.session);
    if (!subscription || !left) throw new Error('subscribed');
    await world.stores.pushSubscriptions.put(dad.id, dad.session, subscription);
    await world.redis.hset(world.keys.person.push(mum.id), mum.session, left);
    expect(await compose(job('test', mum))).toEqual({ skipped: 'no-subscription' });
    expect(await shown(job('test', dad))).toMatchObject({ lang: 'ja' });
  });
});

describe('a digest', () => {
  it('is in its reader’s language and clock, and has no note or place', async () => {
    const statuses = await world.post({ author: mum, circles: [family], writtenAt: YEAR_AGO });
    expect(await shown(job('digest', dad, statuses))).toEqual({
      title: 'Mum は無事です',
      body: 'Family: Mum 3月11日 14:46',
      navigate: `https://buji.example/answer/${family}/${mum.id}`,
      lang: 'ja',
      dir: 'ltr',
      tag: `circle-${family}`,
      silent: false,
      timestamp: Date.parse(YEAR_AGO),
      data: { kind: 'digest', circle: family, country: 'JP', statuses: statuses.map(({ id }) => id) },
    });
    expect((await shown(job('digest', sis, statuses))).body).toBe('Family: Mum 11 Mar, 01:46');
  });

  it('leads to where the device subscribed when the service has no address of its own', async () => {
    compose = createComposerFor(null);
    const statuses = await world.post({ author: mum, circles: [family] });
    expect((await shown(job('digest', sis, statuses))).navigate).toBe(`https://seen.example/answer/${family}/${mum.id}`);
  });

  it('leads to the circle where it tells of several', async () => {
    const statuses = await world.post({ author: mum, circles: [family] }, { author: dad, circles: [family] });
    expect((await shown(job('digest', sis, statuses))).navigate).toBe(`https://buji.example/answer/${family}`);
    expect(await badge(job('digest', sis, statuses))).toBe(2);
    expect(await badge(job('test', sis))).toBeUndefined();
  });

  it('tells the newest that an author has posted since', async () => {
    const [first] = await world.post({ author: mum, circles: [family], writtenAt: YEAR_AGO });
    await world.post({ author: mum, circles: [family], condition: 'evacuated' });
    expect((await shown(job('digest', sis, first ? [first] : []))).title).toBe('Mum has evacuated');
  });

  it('does not tell what was retracted or erased, or whose author left', async () => {
    const [kept, retracted, erased] = await world.post(
      { author: dad, circles: [family] },
      { author: mum, circles: [family] },
      { author: mum, circles: [family] },
    );
    if (!kept || !retracted || !erased) throw new Error('three statuses');
    await world.retract(retracted);
    await world.stores.statuses.forget([erased.id]);
    expect(await shown(job('digest', sis, [kept, retracted, erased]))).toMatchObject({ title: 'Dad is OK' });
    expect(await compose(job('digest', sis, [retracted]))).toEqual({ skipped: 'nothing-left' });
    await world.stores.members.remove(family, dad.id, 'leave');
    expect(await compose(job('digest', sis, [kept]))).toEqual({ skipped: 'nothing-left' });
  });

  it('does not fall back to an old status when the news was retracted', async () => {
    await world.post({ author: mum, circles: [family] });
    const [news] = await world.post({ author: mum, circles: [family], condition: 'hurt' });
    if (news) await world.retract(news);
    expect(await compose(job('digest', sis, news ? [news] : []))).toEqual({ skipped: 'nothing-left' });
  });

  it('tells the status before it where the newest of its news was retracted', async () => {
    const [older, newer] = await world.post(
      { author: mum, circles: [family], condition: 'hurt' },
      { author: mum, circles: [family] },
    );
    if (!older || !newer) throw new Error('two statuses');
    await world.retract(newer);
    expect((await shown(job('digest', sis, [older, newer]))).title).toBe('Mum is hurt');
  });

  it('never tells its author', async () => {
    const statuses = await world.post({ author: mum, circles: [family] }, { author: dad, circles: [family] });
    expect((await shown(job('digest', mum, statuses))).title).toBe('Dad is OK');
    expect(await compose(job('digest', mum, statuses.slice(0, 1)))).toEqual({ skipped: 'nothing-left' });
  });

  it('gives way to the next one of the circle, but not where every alert is wanted', async () => {
    const [byMum, byDad] = await world.post({ author: mum, circles: [family] }, { author: dad, circles: [family] });
    const tags = async () =>
      [await shown(job('digest', sis, byMum ? [byMum] : [])), await shown(job('digest', sis, byDad ? [byDad] : []))].map(
        ({ tag }) => tag,
      );
    expect(new Set(await tags()).size).toBe(1);
    await world.setLevel(family, sis, 'all');
    expect(new Set(await tags()).size).toBe(2);
  });

  it.each([
    ['not-member', () => world.stores.members.remove(family, sis.id, 'leave')],
    ['not-member', () => world.stores.circles.remove(family)],
    ['level', () => world.setLevel(family, sis, 'help-only')],
    ['level', () => world.setLevel(family, sis, 'none')],
    ['no-subscription', () => world.stores.pushSubscriptions.remove(sis.id, sis.session)],
    ['no-subscription', () => world.stores.sessions.end(sis.id, sis.session)],
    ['signed-out', () => world.redis.hdel(world.keys.person.sessions(sis.id), sis.session)],
    ['signed-out', () => world.stores.people.markErased(sis.id, new Date())],
  ] as const)('is not sent after what changed while it waited: %s', async (skipped, change) => {
    const statuses = await world.post({ author: mum, circles: [family] });
    await change();
    expect(await compose(job('digest', sis, statuses))).toEqual({ skipped });
  });
});

describe('a digest of several circles', () => {
  it('tells each of them, leads to all, and only replaces one of the same circles', async () => {
    const work = await world.createCircle('Work', [dad, sis]);
    const [byMum, hurt] = await world.post(
      { author: mum, circles: [family] },
      { author: mum, circles: [family], condition: 'hurt' },
    );
    const [byDad] = await world.post({ author: dad, circles: [work] });
    const others = [{ circle: work, statuses: [byDad?.id ?? ''] }];
    const told = [byMum, hurt].filter((status) => status !== undefined);
    const joined = await shown(job('digest', sis, told, { others }));
    expect(joined).toMatchObject({ title: 'News of 2 people in your circles', navigate: 'https://buji.example/' });
    expect(joined.body).toMatch(/^Family: hurt: Mum \d\d:\d\d\nWork: OK: Dad \d\d:\d\d$/);
    expect(joined.data.circle).toBeNull();
    const composed = await compose(job('digest', sis, told, { others }));
    if ('skipped' in composed) throw new Error(composed.skipped);
    expect(new Set(composed.statuses)).toEqual(new Set([...told, byDad].map((status) => status?.id)));
    expect(joined.tag).not.toBe((await shown(job('digest', sis, told))).tag);
    expect((await shown(job('digest', sis, told, { others }))).tag).toBe(joined.tag);
  });

  it('is one of a single circle where the others have nothing to tell any more', async () => {
    const work = await world.createCircle('Work', [dad, sis]);
    const [byMum] = await world.post({ author: mum, circles: [family] });
    const [byDad] = await world.post({ author: dad, circles: [work] });
    const alert = job('digest', sis, byMum ? [byMum] : [], { others: [{ circle: work, statuses: [byDad?.id ?? ''] }] });
    await world.stores.members.remove(family, sis.id, 'leave');
    expect(await shown(alert)).toMatchObject({ title: 'Dad is OK', navigate: `https://buji.example/answer/${work}/${dad.id}` });
    await world.setLevel(work, sis, 'help-only');
    expect(await compose(alert)).toEqual({ skipped: 'level' });
  });
});

describe('a device that shows a page', () => {
  it('gets no digest, but help; another device of the same person gets both', async () => {
    const presence = createPresence(world.redis, world.keys);
    const tablet = { ...sis, ...(await world.addDevice(sis)) };
    const [news] = await world.post({ author: mum, circles: [family] });
    const [help] = await world.post({ author: mum, circles: [family], condition: 'help' });
    await presence.setVisible(sis.id, sis.session, true);
    expect(await compose(job('digest', sis, news ? [news] : []))).toEqual({ skipped: 'visible' });
    expect((await shown(job('digest', tablet, news ? [news] : []))).title).toBe('Mum needs help');
    expect((await shown(job('help', sis, help ? [help] : []))).title).toBe('Mum needs help');
    await presence.setVisible(sis.id, sis.session, false);
    expect((await shown(job('digest', sis, news ? [news] : []))).title).toBe('Mum needs help');
  });
});

describe('other alerts', () => {
  it('tell of help under a tag of its own, unless no alert is wanted', async () => {
    const [help] = await world.post({ author: mum, circles: [family], condition: 'help' });
    await world.setLevel(family, sis, 'help-only');
    expect(await shown(job('help', sis, help ? [help] : []))).toMatchObject({
      title: 'Mum needs help',
      tag: `help-${help?.id}`,
      navigate: `https://buji.example/answer/${family}/${mum.id}`,
    });
    await world.setLevel(family, sis, 'none');
    expect(await compose(job('help', sis, help ? [help] : []))).toEqual({ skipped: 'level' });
  });

  it('take help back in its place, whatever the level, but not while it is needed again', async () => {
    const [help] = await world.post({ author: mum, circles: [family], condition: 'help' });
    if (!help) throw new Error('one status');
    const before = await compose(job('help', sis, [help]));
    await world.retract(help);
    await world.setLevel(family, sis, 'none');
    expect(await compose(job('help', sis, [help]))).toEqual({ skipped: 'level' });
    const after = await compose(job('withdrawn', sis, [help]));
    expect(await shown(job('withdrawn', sis, [help]))).toMatchObject({
      title: 'Mum has taken back the call for help',
      tag: `help-${help.id}`,
      data: { kind: 'withdrawn' },
    });
    if (!('encoded' in before && 'encoded' in after)) throw new Error('both are sent');
    expect(after.encoded.topic).toBe(before.encoded.topic);
    await world.post({ author: mum, circles: [family], condition: 'help' });
    expect(await compose(job('withdrawn', sis, [help]))).toEqual({ skipped: 'nothing-left' });
  });

  it('do not tell of help that was retracted, nor its author', async () => {
    const [help] = await world.post({ author: mum, circles: [family], condition: 'help' });
    if (!help) throw new Error('one status');
    expect(await compose(job('help', mum, [help]))).toEqual({ skipped: 'nothing-left' });
    await world.retract(help);
    expect(await compose(job('help', sis, [help]))).toEqual({ skipped: 'nothing-left' });
  });

  it('test a device, and name a new one while it is signed in', async () => {
    expect(await shown(job('test', mum))).toMatchObject({
      title: 'Alerts work on this device',
      navigate: 'https://buji.example/alerts',
    });
    const { session } = await world.addDevice(mum, 'Firefox on Android');
    expect((await shown(job('device', mum, [], { device: session }))).body).toContain('Firefox on Android');
    await world.stores.sessions.end(mum.id, session);
    expect(await compose(job('device', mum, [], { device: session }))).toEqual({ skipped: 'nothing-left' });
  });
});
