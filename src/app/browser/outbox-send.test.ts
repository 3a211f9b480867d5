import { describe, expect, it } from 'vitest';
import { type Answer, makeEntry, type OutboxEntry } from './outbox-entry.ts';
import { sendOutbox } from './outbox-send.ts';

const NOW = 1_000_000;

/** The three calls of the store that sending needs, over a plain map. */
function makeStore(entries: OutboxEntry[]) {
  const kept = new Map(entries.map((entry) => [entry.id, entry]));
  return {
    kept,
    list: async () => [...kept.values()],
    put: async (entry: OutboxEntry) => void kept.set(entry.id, entry),
    remove: async (id: string) => void kept.delete(id),
  };
}

function answering(...answers: Answer[]) {
  const sent: string[] = [];
  return {
    sent,
    send: async (entry: OutboxEntry) => {
      sent.push(entry.id);
      return answers.shift() ?? 'network';
    },
  };
}

const options = { person: 'me', isHopeful: false, now: () => NOW, random: () => 0 };

describe('sendOutbox', () => {
  it('sends the oldest first and keeps what failed under the same id', async () => {
    const store = makeStore([
      makeEntry('b', 'me', { condition: 'help' }, NOW - 1),
      makeEntry('a', 'me', { condition: 'ok' }, NOW - 2),
    ]);
    const { sent, send } = answering({ status: 202 }, { status: 503 });
    expect(await sendOutbox({ ...options, store, send })).toBe(true);
    expect(sent).toEqual(['a', 'b']);
    expect(store.kept.get('a')?.state).toBe('sent');
    expect(store.kept.get('b')).toMatchObject({ state: 'waiting', attempts: 1, id: 'b' });
  });

  it('does not go on when there is no network', async () => {
    const store = makeStore([makeEntry('a', 'me', { condition: 'ok' }, 1), makeEntry('b', 'me', { condition: 'ok' }, 2)]);
    const { sent, send } = answering('network');
    await sendOutbox({ ...options, store, send });
    expect(sent).toEqual(['a']);
  });

  it('never sends what another person tapped on this phone', async () => {
    const store = makeStore([makeEntry('a', 'somebody else', { condition: 'ok' }, 1)]);
    const { sent, send } = answering({ status: 202 });
    expect(await sendOutbox({ ...options, store, send })).toBe(false);
    expect(sent).toEqual([]);
  });

  it('leaves an entry alone that was taken back while its answer was on the way', async () => {
    const entry = makeEntry('a', 'me', { condition: 'ok' }, 1);
    const store = makeStore([entry]);
    const send = async (): Promise<Answer> => {
      await store.put({ ...entry, state: 'retracting' });
      return { status: 202 };
    };
    await sendOutbox({ ...options, store, send });
    expect(store.kept.get('a')?.state).toBe('retracting');
  });
});
