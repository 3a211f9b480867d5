import type { OutboxEntry } from '../app/phone/outbox-entry.ts';

/** The outbox of a phone's store over a plain map, for what needs no browser. */
export function makeOutboxOnMap(entries: readonly OutboxEntry[] = []) {
  const kept = new Map(entries.map((entry) => [entry.id, entry]));
  return {
    kept,
    list: async () => [...kept.values()],
    put: async (entry: OutboxEntry) => void kept.set(entry.id, entry),
    change: async (id: string, decide: (current: OutboxEntry) => OutboxEntry | null | undefined) => {
      const current = kept.get(id);
      const next = current && decide(current);
      if (next) kept.set(id, next);
      else if (next === null) kept.delete(id);
      return next !== undefined;
    },
  };
}
