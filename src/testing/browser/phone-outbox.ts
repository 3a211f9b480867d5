import type { Page } from 'playwright-core';

/** An entry of a phone's outbox, as far as tests look at it. */
export interface KeptEntry {
  id: string;
  condition: string;
  state: string;
  attempts: number;
  /** Ms by the phone's clock. */
  savedAt: number;
}

/** All that this phone's outbox holds. */
export function readOutbox(page: Page): Promise<KeptEntry[]> {
  return page.evaluate(
    () =>
      new Promise<KeptEntry[]>((resolve, reject) => {
        const open = indexedDB.open('buji');
        open.onerror = () => reject(open.error);
        open.onsuccess = () => {
          const all = open.result.transaction('outbox').objectStore('outbox').getAll();
          all.onerror = () => reject(all.error);
          all.onsuccess = () => {
            open.result.close();
            resolve(
              all.result.map(({ id, status, state, attempts, savedAt }) => ({
                id,
                condition: status.condition,
                state,
                attempts,
                savedAt,
              })),
            );
          };
        };
      }),
  );
}

/** Lets all that the outbox holds have been tapped that much earlier: nobody has to wait for it. */
export function ageOutbox(page: Page, ms: number): Promise<void> {
  return changeOutbox(page, { savedAt: -ms });
}

/** Lets all that the outbox holds be tried again by itself only in so many milliseconds. */
export function putOffOutbox(page: Page, ms: number): Promise<void> {
  return changeOutbox(page, { dueAt: ms });
}

/** Lets no page that is opened from now on open the phone's store: the browser never answers. */
export function neverOpenStore(page: Page): Promise<unknown> {
  return page.addInitScript(() => {
    IDBFactory.prototype.open = () => ({}) as IDBOpenDBRequest;
  });
}

/** Adds to the times of all entries. */
function changeOutbox(page: Page, added: Record<string, number>): Promise<void> {
  return page.evaluate(
    (times) =>
      new Promise<void>((resolve, reject) => {
        const open = indexedDB.open('buji');
        open.onerror = () => reject(open.error);
        open.onsuccess = () => {
          const transaction = open.result.transaction('outbox', 'readwrite');
          const store = transaction.objectStore('outbox');
          const all = store.getAll();
          all.onsuccess = () => {
            for (const entry of all.result) {
              for (const [name, ms] of Object.entries(times)) entry[name] += ms;
              store.put(entry);
            }
          };
          transaction.oncomplete = () => {
            open.result.close();
            resolve();
          };
          transaction.onabort = () => reject(transaction.error);
        };
      }),
    added,
  );
}
