import { afterEach, describe, expect, it, vi } from 'vitest';
import { makeOutboxOnMap } from '../../testing/outbox-on-map.ts';
import { type Answer, makeEntry, OUTBOX_LANES, type OutboxEntry } from './outbox-entry.ts';
import { sendOutbox } from './outbox-send.ts';

const NOW = 1_000_000;

function answering(...answers: Answer[]) {
  const sent: string[] = [];
  return {
    sent,
    send: async (entry: OutboxEntry) => {
      sent.push(entry.id);
      const answer = answers.shift() ?? 'network';
      return answer === 'network' || answer.status !== 202 ? answer : { ...answer, id: entry.id };
    },
  };
}

const options = { person: 'me', lane: 'rest' as const, isHopeful: false, now: () => NOW, random: () => 0, isOnline: () => true };

describe('sendOutbox', () => {
  it('sends the oldest first and keeps what failed under the same id', async () => {
    const store = makeOutboxOnMap([
      makeEntry('b', 'me', { condition: 'hurt' }, NOW - 1),
      makeEntry('a', 'me', { condition: 'ok' }, NOW - 2),
    ]);
    const { sent, send } = answering({ status: 202 }, { status: 503 });
    expect(await sendOutbox({ ...options, store, send })).toBe(true);
    expect(sent).toEqual(['a', 'b']);
    expect(store.kept.get('a')?.state).toBe('sent');
    expect(store.kept.get('b')).toMatchObject({ state: 'waiting', attempts: 1, id: 'b' });
  });

  it('has a lane for help alone, the newest call first', async () => {
    const store = makeOutboxOnMap([
      makeEntry('a', 'me', { condition: 'ok' }, NOW - 3),
      makeEntry('b', 'me', { condition: 'help' }, NOW - 2),
      makeEntry('c', 'me', { condition: 'help', note: 'at the school' }, NOW - 1),
      { ...makeEntry('d', 'me', { condition: 'help' }, NOW - 4), state: 'retracting' },
    ]);
    const { sent, send } = answering({ status: 202 }, { status: 500 }, { status: 204 });
    expect(await sendOutbox({ ...options, lane: 'help', store, send })).toBe(true);
    expect(sent).toEqual(['c', 'b', 'd']);
    expect(await sendOutbox({ ...options, store, send })).toBe(true);
    expect(sent).toEqual(['c', 'b', 'd', 'a']);
  });

  const CIRCLES = ['family', 'class'];
  const early = { ...makeEntry('a', 'me', { condition: 'ok', circles: CIRCLES }, NOW - 3_000), state: 'sent' as const };
  const call = { ...makeEntry('b', 'me', { condition: 'help', circles: CIRCLES }, NOW - 2_000), state: 'sent' as const };
  const [FIRST, SECOND] = ['2026-03-11T05:46:18.000Z', '2026-03-11T05:46:19.000Z'];

  it('takes back from the boards the word that a later call for help has overtaken on its way, whichever is heard of first', async () => {
    const slow = makeOutboxOnMap([
      { ...early, state: 'waiting' },
      { ...call, datedAt: FIRST },
    ]);
    await sendOutbox({ ...options, store: slow, send: async () => ({ status: 202, id: 'a', writtenAt: SECOND }) });
    const late = makeOutboxOnMap([
      { ...early, datedAt: SECOND },
      { ...call, state: 'waiting' },
    ]);
    await sendOutbox({
      ...options,
      lane: 'help',
      store: late,
      send: async () => ({ status: 202, id: 'b', writtenAt: FIRST }),
    });
    for (const { kept } of [slow, late]) expect([...kept.values()].map(({ state }) => state)).toEqual(['retracting', 'sent']);
  });

  it.each<[string, Partial<OutboxEntry>, Partial<OutboxEntry>]>([
    ['that is older on the boards too', { datedAt: FIRST }, { datedAt: SECOND }],
    ['that came after the call', { datedAt: SECOND, savedAt: NOW - 1_000 }, { datedAt: FIRST }],
    ['of another hour, for clocks are set', { datedAt: SECOND, savedAt: NOW - 3_600_000 }, { datedAt: FIRST }],
    ['that others see than the call', { datedAt: SECOND }, { datedAt: FIRST, status: { condition: 'help', circles: ['class'] } }],
    ['where the call is taken back', { datedAt: SECOND }, { datedAt: FIRST, state: 'retracting', dueAt: NOW + 1 }],
    ['of another person', { datedAt: SECOND }, { datedAt: FIRST, person: 'you' }],
  ])('leaves a word on the boards %s', async (_, word, help) => {
    const store = makeOutboxOnMap([
      { ...early, ...word },
      { ...call, ...help },
      makeEntry('c', 'me', { condition: 'hurt' }, NOW),
    ]);
    await sendOutbox({ ...options, store, send: async () => ({ status: 202, id: 'c', writtenAt: SECOND }) });
    expect(store.kept.get('c')?.state).toBe('sent');
    expect(store.kept.get('a')?.state).toBe('sent');
  });

  it('does not go on when there is no network', async () => {
    const store = makeOutboxOnMap([makeEntry('a', 'me', { condition: 'ok' }, 1), makeEntry('b', 'me', { condition: 'ok' }, 2)]);
    const { sent, send } = answering('network');
    await sendOutbox({ ...options, store, send });
    expect(sent).toEqual(['a']);
  });

  it.each([429, 503])('leaves a service alone that answers %s, with everything, for as long as it asks', async (status) => {
    const store = makeOutboxOnMap([
      makeEntry('a', 'me', { condition: 'ok' }, 1),
      makeEntry('b', 'me', { condition: 'help' }, 2),
      makeEntry('c', 'somebody else', { condition: 'ok' }, 3),
    ]);
    const { sent, send } = answering({ status, retryAfterSeconds: 7 }, { status: 202 }, { status: 202 });
    const sendAll = async (more = {}) => {
      for (const lane of OUTBOX_LANES) await sendOutbox({ ...options, store, send, lane, ...more });
    };
    await sendAll();
    await sendAll({ isHopeful: true, now: () => NOW + 6_999 });
    expect(sent).toEqual(['b']);
    expect(store.kept.get('c')?.notBefore).toBe(0);
    await sendAll({ isHopeful: true, now: () => NOW + 7_000 });
    expect(sent).toEqual(['b', 'b', 'a']);
  });

  it('goes on with the others where only one has trouble', async () => {
    const store = makeOutboxOnMap([makeEntry('a', 'me', { condition: 'ok' }, 1), makeEntry('b', 'me', { condition: 'ok' }, 2)]);
    const { sent, send } = answering({ status: 500, retryAfterSeconds: 7 }, { status: 202 });
    await sendOutbox({ ...options, store, send });
    expect(sent).toEqual(['a', 'b']);
  });

  it('never sends what another person tapped on this phone', async () => {
    const store = makeOutboxOnMap([makeEntry('a', 'somebody else', { condition: 'ok' }, 1)]);
    const { sent, send } = answering({ status: 202 });
    expect(await sendOutbox({ ...options, store, send })).toBe(false);
    expect(sent).toEqual([]);
  });

  it('writes down that it tries before it does, and sends nothing that was taken back or is spared', async () => {
    const store = makeOutboxOnMap([
      makeEntry('a', 'me', { condition: 'ok' }, NOW),
      makeEntry('b', 'me', { condition: 'ok' }, NOW + 1),
    ]);
    const { sent, send } = answering({ status: 202 });
    await sendOutbox({ ...options, store, send, isOnline: () => false });
    expect(sent).toEqual([]);
    expect(store.kept.get('a')?.isTried).toBeUndefined();
    await sendOutbox({
      ...options,
      store,
      send: async (entry) => {
        expect(store.kept.get(entry.id)?.isTried).toBe(true);
        store.kept.delete('b');
        return send(entry);
      },
    });
    expect(sent).toEqual(['a']);
  });

  it('leaves an entry alone that was taken back while its answer was on the way', async () => {
    const entry = makeEntry('a', 'me', { condition: 'ok' }, 1);
    const store = makeOutboxOnMap([entry]);
    const send = async (): Promise<Answer> => {
      store.kept.set('a', { ...entry, state: 'retracting' });
      return { status: 202, id: 'a' };
    };
    expect(await sendOutbox({ ...options, store, send })).toBe(false);
    expect(store.kept.get('a')?.state).toBe('retracting');
  });

  it('goes by what is there when it writes, not by what it read before', async () => {
    const entry = makeEntry('a', 'me', { condition: 'ok' }, 1);
    const store = makeOutboxOnMap([entry]);
    // Another tab takes it back at the last moment: just before the one step in which the answer is written down.
    const change: typeof store.change = async (id, decide) => {
      if (store.kept.get('a')?.isTried) store.kept.set('a', { ...entry, state: 'retracting' });
      return store.change(id, decide);
    };
    const { send } = answering({ status: 202 });
    await sendOutbox({ ...options, store: { ...store, change }, send });
    expect(store.kept.get('a')?.state).toBe('retracting');
  });
});

describe('a request of the outbox', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('says whose status it is, for the cookie may be another’s by now; where it is, the status is kept for its author', async () => {
    const asked: [string, unknown][] = [];
    vi.stubGlobal('fetch', async (_path: string, { method, headers }: { method: string; headers: Record<string, string> }) => {
      asked.push([method, headers['x-person']]);
      return Response.json({ type: '/problems#not-signed-in', code: 'not-signed-in' }, { status: 401 });
    });
    const back: OutboxEntry = { ...makeEntry('b', 'me', { condition: 'ok' }, 2), state: 'retracting' };
    const store = makeOutboxOnMap([makeEntry('a', 'me', { condition: 'hurt' }, 1), back]);
    await sendOutbox({ ...options, store });
    expect(asked).toEqual([
      ['POST', 'me'],
      ['DELETE', 'me'],
    ]);
    expect([...store.kept.values()].map(({ state }) => state)).toEqual(['sign-in', 'retracting']);
  });

  it.each<[string, () => Response]>([
    ['a page of a proxy', () => new Response('<h1>Maintenance</h1>', { headers: { 'content-type': 'text/html' } })],
    ['somebody else’s 202', () => Response.json({ id: 'job-7' }, { status: 202 })],
    ['somebody else’s 404', () => new Response('<h1>Not found</h1>', { status: 404 })],
    ['a gateway’s 401', () => Response.json({ code: 'no-token' }, { status: 401 })],
    ['a gateway’s 403', () => Response.json({ type: 'about:blank', code: 'blocked' }, { status: 403 })],
  ])('takes %s for no answer of the service: neither sent nor taken back, and tried again', async (_, answer) => {
    vi.stubGlobal('fetch', async () => answer());
    const back: OutboxEntry = { ...makeEntry('b', 'me', { condition: 'ok' }, 2), state: 'retracting' };
    const store = makeOutboxOnMap([makeEntry('a', 'me', { condition: 'hurt' }, 1), back]);
    await sendOutbox({ ...options, store });
    expect([...store.kept.values()]).toMatchObject([
      { state: 'waiting', attempts: 1 },
      { state: 'retracting', attempts: 1 },
    ]);
  });

  it('is done by the service’s receipt for that very status, and refused by a problem of its own', async () => {
    const answers = [
      Response.json({ id: 'a', acceptedAt: '', writtenAt: '', circles: [] }, { status: 202 }),
      Response.json({ type: '/problems#no-circle', code: 'no-circle' }, { status: 409 }),
    ];
    vi.stubGlobal('fetch', async () => answers.shift());
    const store = makeOutboxOnMap([makeEntry('a', 'me', { condition: 'ok' }, 1), makeEntry('b', 'me', { condition: 'ok' }, 2)]);
    await sendOutbox({ ...options, store });
    expect([...store.kept.values()]).toMatchObject([{ state: 'sent' }, { state: 'refused', code: 'no-circle' }]);
  });
});
