import type { OutboxEntry } from './outbox-entry.ts';

const NAME = 'buji';
const VERSION = 1;

/** The outbox on the phone, in IndexedDB: the page and the service worker read and write the same. */
export interface OutboxStore {
  list(): Promise<OutboxEntry[]>;
  /** Done only when it is on the phone's disk, as far as the browser promises that. */
  put(entry: OutboxEntry): Promise<void>;
  remove(id: string): Promise<void>;
  /** The person that pages were last shown to on this phone, for the service worker, which sees no page. */
  person(): Promise<string | null>;
  setPerson(person: string | null): Promise<void>;
}

/**
 * Opens the store.
 * @throws where the browser has none (some private windows): the page then works like one without script
 */
export async function openOutboxStore(): Promise<OutboxStore> {
  const database = await open();
  const run = <T>(store: string, mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      // `strict`: done means flushed to disk (Chromium; others ignore it), because the battery may end right now.
      const transaction = database.transaction(store, mode, { durability: 'strict' });
      const request = act(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error ?? new Error('the browser could not save it'));
    });
  return {
    list: () => run<OutboxEntry[]>('outbox', 'readonly', (store) => store.getAll()),
    put: async (entry) => void (await run('outbox', 'readwrite', (store) => store.put(entry))),
    remove: async (id) => void (await run('outbox', 'readwrite', (store) => store.delete(id))),
    person: async () => (await run<string | undefined>('facts', 'readonly', (store) => store.get('person'))) ?? null,
    setPerson: async (person) => void (await run('facts', 'readwrite', (store) => store.put(person ?? undefined, 'person'))),
  };
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
