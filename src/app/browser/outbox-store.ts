import type { OutboxEntry } from './outbox-entry.ts';

const NAME = 'buji';
const VERSION = 1;

/** The outbox on the phone, in IndexedDB: the page and the service worker read and write the same. */
export interface OutboxStore {
  list(): Promise<OutboxEntry[]>;
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

/**
 * Opens the store.
 * @throws where the browser has none (some private windows): the page then works like one without script
 */
export async function openOutboxStore(): Promise<OutboxStore> {
  const database = await open();
  /** Resolves when all that `act` asked for has been written. */
  const run = <T>(store: string, mode: IDBTransactionMode, act: (store: IDBObjectStore) => { result: T }): Promise<T> =>
    new Promise((resolve, reject) => {
      // `strict`: done means flushed to disk (Chromium; others ignore it), because the battery may end right now.
      const transaction = database.transaction(store, mode, { durability: 'strict' });
      const done = act(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(done.result);
      transaction.onabort = () => reject(transaction.error ?? new Error('the browser could not save it'));
    });
  return {
    list: () => run<OutboxEntry[]>('outbox', 'readonly', (store) => store.getAll()),
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
