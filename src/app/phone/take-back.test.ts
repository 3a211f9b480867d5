import { beforeEach, describe, expect, it } from 'vitest';
import { makeOutboxOnMap } from '../../testing/outbox-on-map.ts';
import { makeEntry, type OutboxEntry } from './outbox-entry.ts';
import { sendOutbox } from './outbox-send.ts';
import { letGoHere, takeBackHere } from './take-back.ts';

const NOW = 1_000_000;
const [OK_AT, HELP_AT] = [NOW - 3_000, NOW - 2_000];

let store: ReturnType<typeof makeOutboxOnMap>;
/** A service that takes all. A word that hung on its way is dated by when it came through: after the call. */
const sent: { id: string; condition: string; state: string }[] = [];
async function sendAll(): Promise<void> {
  const send = async ({ id, state, status: { condition } }: OutboxEntry) => {
    sent.push({ id, condition, state });
    const writtenAt = new Date(condition === 'help' ? HELP_AT : HELP_AT + 1).toISOString();
    return state === 'retracting' ? { status: 204 } : { status: 202, id, writtenAt };
  };
  const options = { store, person: 'me', isHopeful: true, send, now: () => NOW, random: () => 0, isOnline: () => true };
  for (const lane of ['help', 'rest', 'rest'] as const) await sendOutbox({ ...options, lane });
}

const note = { condition: 'ok', note: 'at the school' } as const;
beforeEach(async () => {
  sent.length = 0;
  store = makeOutboxOnMap([makeEntry('ok', 'me', note, OK_AT), makeEntry('help', 'me', { condition: 'help' }, HELP_AT)]);
});

describe('taking back a call for help', () => {
  it('lets the word stand again that was withdrawn because it hid the call, as it was tapped and under an id of its own', async () => {
    await sendAll();
    expect([...store.kept.keys()]).toEqual(['help']);
    expect(await takeBackHere(store, 'help', 'me', NOW)).toBe(true);
    const word = [...store.kept.values()].find(({ status }) => status.condition === 'ok');
    expect(word).toMatchObject({ person: 'me', status: note, savedAt: OK_AT, state: 'waiting', attempts: 0 });
    // The former one is taken back for good.
    expect(word?.id).not.toBe('ok');
    sent.length = 0;
    await sendAll();
    expect(sent).toEqual([
      { id: 'help', condition: 'help', state: 'retracting' },
      { id: word?.id, condition: 'ok', state: 'waiting' },
    ]);
    expect([...store.kept.values()]).toMatchObject([{ id: word?.id, state: 'sent' }]);
  });

  it('does that once, however often it is pressed: the word may be taken back itself by then', async () => {
    await sendAll();
    await Promise.all([takeBackHere(store, 'help', 'me', NOW), takeBackHere(store, 'help', 'me', NOW)]);
    const [word] = [...store.kept.values()].filter(({ status }) => status.condition === 'ok');
    expect(store.kept.size).toBe(2);
    await takeBackHere(store, word?.id ?? '', 'me', NOW);
    await takeBackHere(store, 'help', 'me', NOW);
    expect([...store.kept.keys()]).toEqual(['help']);
  });

  it('does so on another device too, where it is heard of only while it stands', async () => {
    await sendAll();
    store.kept.set('waiting', makeEntry('waiting', 'me', note, NOW));
    expect(await letGoHere(store, 'waiting', 'me')).toBe(false);
    expect(await letGoHere(store, 'help', 'you')).toBe(false);
    expect(await letGoHere(store, 'help', 'me')).toBe(true);
    expect([...store.kept.values()].map(({ status, savedAt, state }) => ({ status, savedAt, state }))).toEqual([
      { status: note, savedAt: NOW, state: 'waiting' },
      { status: note, savedAt: OK_AT, state: 'waiting' },
    ]);
  });

  it('does so where it is found out by sending the call again: a page that was not open heard of nothing', async () => {
    await sendAll();
    await store.change('help', (call) => ({ ...call, state: 'waiting' }));
    const send = async ({ id }: OutboxEntry) => ({ status: 202, id, isRetracted: id === 'help' });
    await sendOutbox({ store, person: 'me', lane: 'help', isHopeful: true, send, now: () => NOW, isOnline: () => true });
    expect([...store.kept.values()]).toMatchObject([{ status: note, savedAt: OK_AT, state: 'waiting' }]);
  });

  it('does so with what is withdrawn at that very moment', async () => {
    await sendAll();
    const call = store.kept.get('help') as OutboxEntry;
    store.kept.set('help', { ...call, withdrawn: {} });
    const late = {
      ...store,
      change: (id: string, decide: Parameters<typeof store.change>[1]) => {
        store.kept.set('help', call);
        return store.change(id, decide);
      },
    };
    expect(await takeBackHere(late, 'help', 'me', NOW)).toBe(true);
    expect([...store.kept.values()]).toMatchObject([{ state: 'retracting' }, { status: note, state: 'waiting' }]);
  });

  it('has nothing to restore where nothing hid it, and knows only what this person tapped here', async () => {
    store.kept.delete('ok');
    await sendAll();
    for (const [id, person] of [
      ['help', 'you'],
      ['help', null],
      ['ok', 'me'],
    ] as const)
      expect(await takeBackHere(store, id, person, NOW)).toBe(false);
    expect(store.kept.get('help')?.state).toBe('sent');
    expect(await takeBackHere(store, 'help', 'me', NOW)).toBe(true);
    expect([...store.kept.values()]).toMatchObject([{ id: 'help', state: 'retracting' }]);
  });
});
