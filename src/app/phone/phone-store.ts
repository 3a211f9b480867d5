import { inTime } from './in-time.ts';
import { findSameTap, type OutboxEntry } from './outbox-entry.ts';

const NAME = 'buji';
const VERSION = 1;
/** A browser that has not opened its store by then (iOS after a restart, say) may never do so. */
export const OPEN_MS = 3_000;
/** On a phone that writes slowly a moment; whatever takes longer hangs. To write the same again is harmless. */
const WRITE_MS = 10_000;

/**
 * What this phone keeps in IndexedDB, where the page and the service worker read and write the same: what was tapped and waits,
 * with its notes and places, what was sent in the last day, who is signed in, and when an alert last came. Pages are kept apart
 * from it, in the browser's cache.
 */
export interface PhoneStore {
  list(): Promise<OutboxEntry[]>;
  /**
   * Writes a tap down, unless it only repeats the last one: in one step, so that the two of a shaking hand are one, however
   * shortly after each other they come. What stands for it is then on the phone as with `put`.
   */
  save(tap: OutboxEntry): Promise<OutboxEntry>;
  /** Done only when it is on the phone's disk, as far as the browser promises that. */
  put(entry: OutboxEntry): Promise<void>;
  /**
   * Reads an entry and writes what `decide` makes of it in one step, so that no other tab can write in between: null removes
   * it, undefined leaves all as it is. False where nothing was written, or no such entry is there.
   */
  change(id: string, decide: (current: OutboxEntry) => OutboxEntry | null | undefined): Promise<boolean>;
  /** The person that pages were last shown to on this phone, for the service worker, which sees no page. */
  person(): Promise<string | null>;
  setPerson(person: string | null): Promise<void>;
  /** When this phone last showed an alert, by its own clock in milliseconds. */
  reachedAt(): Promise<number | null>;
  setReachedAt(at: number): Promise<void>;
}

/** What is asked of a store, with where its answer will stand. Nothing is lost where it is asked twice. */
type Act<T> = (store: IDBObjectStore) => { result: T };

/**
 * Opens the store.
 * @throws where the browser has none (some private windows): the page then works like one without script
 */
export async function openPhoneStore(): Promise<PhoneStore> {
  let connection = inTime(OPEN_MS, open());
  await connection;
  const runOnce = async <T>(store: string, mode: IDBTransactionMode, act: Act<T>): Promise<T> => {
    const database = await connection;
    const work = new Promise<T>((resolve, reject) => {
      // `strict`: done means flushed to disk (Chromium; others ignore it), because the battery may end right now.
      const transaction = database.transaction(store, mode, { durability: 'strict' });
      const done = act(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(done.result);
      transaction.onabort = () => reject(transaction.error ?? new Error('the browser could not save it'));
    });
    return inTime(WRITE_MS, work);
  };
  /** Resolves when all that `act` asked for has been written. iOS closes connections in the background: then over a new one. */
  const run = async <T>(store: string, mode: IDBTransactionMode, act: Act<T>): Promise<T> => {
    const former = connection;
    try {
      return await runOnce(store, mode, act);
    } catch {
      if (connection === former) connection = inTime(OPEN_MS, open());
      return runOnce(store, mode, act);
    }
  };
  return {
    list: () => run<OutboxEntry[]>('outbox', 'readonly', (store) => store.getAll()),
    save: (tap) =>
      run('outbox', 'readwrite', (store) => {
        const done = { result: tap };
        const all: IDBRequest<OutboxEntry[]> = store.getAll();
        all.onsuccess = () => {
          done.result = findSameTap(all.result, tap) ?? tap;
          if (done.result === tap) store.put(tap);
        };
        return done;
      }),
    put: async (entry) => void (await run('outbox', 'readwrite', (store) => store.put(entry))),
    change: (id, decide) =>
      run('outbox', 'readwrite', (store) => {
        const done = { result: false };
        const request: IDBRequest<OutboxEntry | undefined> = store.get(id);
        request.onsuccess = () => {
          const next = request.result && decide(request.result);
          if (next) store.put(next);
          else if (next === null) store.delete(id);
          done.result = next !== undefined;
        };
        return done;
      }),
    person: async () => (await run<string | undefined>('facts', 'readonly', (store) => store.get('person'))) ?? null,
    setPerson: async (person) => void (await run('facts', 'readwrite', (store) => store.put(person ?? undefined, 'person'))),
    reachedAt: async () => (await run<number | undefined>('facts', 'readonly', (store) => store.get('reachedAt'))) ?? null,
    setReachedAt: async (at) => void (await run('facts', 'readwrite', (store) => store.put(at, 'reachedAt'))),
  };
}

/** By which tabs and the service worker tell each other that the outbox has changed; null where the browser has none. */
export function openOutboxChannel(): BroadcastChannel | null {
  return 'BroadcastChannel' in globalThis ? new BroadcastChannel('outbox') : null;
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('outbox', { keyPath: 'id' });
      request.result.createObjectStore('facts');
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the browser has no store'));
  });
}
