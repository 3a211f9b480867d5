import { render } from 'preact';
import type { Condition, OwnStatus } from '../../contract/statuses.ts';
import { makeUuidV7 } from '../../contract/uuid-v7.ts';
import { say } from '../words.tsx';
import { isSameTap, makeEntry, nextDue, type OutboxEntry } from './outbox-entry.ts';
import { sendOutbox } from './outbox-send.ts';
import { type OutboxStore, openOutboxStore } from './outbox-store.ts';
import { OutboxView } from './outbox-view.tsx';
import { announce, type Page } from './page.ts';

/** The outbox while a page is open: saves taps, sends them, and says in words how far they have come. */
export class Outbox {
  readonly #page: Page;
  readonly #store: OutboxStore;
  /** Whose outbox this is; null: nobody's, so nothing is shown and nothing sent. */
  readonly #person: string | null;
  readonly #known = new Map<string, OwnStatus>();
  /** Seen waiting on this page, whoever then sends it (this tab, another one, the service worker). */
  readonly #waitingHere = new Set<string>();
  /** Sent while this page is open; what was sent before is told by the page itself. */
  readonly #sentHere = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(page: Page, store: OutboxStore, person: string | null) {
    this.#page = page;
    this.#person = person;
    this.#store = store;
  }

  /** Opens the outbox and keeps trying as long as the page lives: now, when the network returns, when the page is looked at. */
  static async start(page: Page): Promise<Outbox> {
    const store = await openOutboxStore();
    const { person } = page.data;
    if (person !== undefined && !page.isCopy) await store.setPerson(person);
    // A page that does not know its reader (no connection, or the service in trouble): the one who was last known here.
    const outbox = new Outbox(page, store, person === undefined ? await store.person() : person);
    await outbox.#wakeSignedIn();
    await outbox.#noteWaiting();
    await outbox.#show();
    const hope = () => void outbox.flush(true);
    addEventListener('online', hope);
    // The service worker has sent something meanwhile.
    navigator.serviceWorker?.addEventListener('message', hope);
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && hope());
    hope();
    return outbox;
  }

  /** Saves a tap. Resolves when it is on the phone; sending goes on by itself. */
  async save(status: OutboxEntry['status']): Promise<void> {
    const person = this.#person;
    if (!person) throw new Error('nobody is signed in');
    const now = Date.now();
    const entries = await this.#store.list();
    if (!isSameTap(entries, person, status, now)) {
      await this.#store.put(makeEntry(makeUuidV7(now), person, status, now));
    }
    await this.#show();
    this.#say('outbox.saved', status.condition, now);
    void this.flush(true);
  }

  /** Sends what is due and looks again when the next one is. */
  async flush(isHopeful = false): Promise<void> {
    const person = this.#person;
    if (person) {
      await this.#noteWaiting();
      await sendOutbox({ store: this.#store, person, isHopeful });
      await this.#tellSent();
    }
    await this.#show();
    const due = nextDue(await this.#listOwn());
    clearTimeout(this.#timer);
    if (due === null) return;
    this.#timer = setTimeout(() => void this.flush(), Math.max(500, due - Date.now()));
    void askBackgroundSync();
  }

  /** What this person has tapped. What others tapped on this phone is kept until they sign in, and not shown. */
  async #listOwn(): Promise<OutboxEntry[]> {
    return (await this.#store.list()).filter(({ person }) => person === this.#person);
  }

  async #noteWaiting(): Promise<void> {
    for (const { id, state } of await this.#listOwn()) if (state !== 'sent') this.#waitingHere.add(id);
  }

  async #tellSent(): Promise<void> {
    for (const entry of await this.#listOwn()) {
      if (entry.state !== 'sent' || !this.#waitingHere.delete(entry.id)) continue;
      this.#sentHere.add(entry.id);
      this.#say('outbox.sent', entry.status.condition, entry.savedAt);
      void this.#follow(entry.id);
    }
  }

  /** Asks a few times how far a status has come, until it is on every board; then the words on the page are true enough. */
  async #follow(id: string): Promise<void> {
    for (const seconds of [1, 3, 8]) {
      await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
      const response = await fetch(`/v1/statuses/${id}`).catch(() => null);
      if (!response?.ok) continue;
      const status = (await response.json()) as OwnStatus;
      this.#known.set(id, status);
      await this.#show();
      if ((status.delivery?.boards ?? 0) >= (status.circles?.length ?? 1)) return;
    }
  }

  async #drop(entry: OutboxEntry): Promise<void> {
    await this.#store.change(entry.id, (current) => {
      if (current.person !== this.#person) return undefined;
      const mayHaveArrived = current.attempts > 0 || current.state === 'sent' || current.state === 'waiting';
      if (!mayHaveArrived || current.state === 'refused') return null;
      return { ...current, state: 'retracting', dueAt: Date.now(), notBefore: 0 };
    });
    await this.flush(true);
  }

  /** Whoever signed in again can send what waited for it. */
  async #wakeSignedIn(): Promise<void> {
    for (const { id } of await this.#listOwn()) {
      await this.#store.change(id, (current) =>
        current.state === 'sign-in' ? { ...current, state: 'waiting', dueAt: 0 } : undefined,
      );
    }
  }

  async #show(): Promise<void> {
    const place = document.getElementById('outbox');
    if (!place) return;
    const entries = (await this.#listOwn())
      .filter(({ state, id }) => state !== 'retracting' && (state !== 'sent' || this.#sentHere.has(id)))
      .sort((a, b) => b.savedAt - a.savedAt);
    const newestSent = entries.findIndex(({ state }) => state === 'sent');
    const shown = entries.filter(({ state }, index) => state !== 'sent' || index === newestSent);
    const last = document.getElementById('last');
    if (last) last.hidden = newestSent >= 0;
    const onDrop = (entry: OutboxEntry) => void this.#drop(entry);
    render(<OutboxView words={this.#page.words()} entries={shown} known={this.#known} onDrop={onDrop} />, place);
  }

  #say(key: 'outbox.saved' | 'outbox.sent', condition: Condition, at: number): void {
    const words = this.#page.words();
    const time = new Date(at).toTimeString().slice(0, 5);
    announce(document, `${say(words, `condition.${condition}`)}: ${say(words, key, { time })}`);
  }
}

/** Lets the browser send what waits when the page is closed, where it can (not on iOS). */
async function askBackgroundSync(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration().catch(() => undefined);
  if (registration && 'sync' in registration) {
    const { sync } = registration as unknown as { sync: { register(tag: string): Promise<void> } };
    await sync.register('outbox').catch(() => undefined);
  }
}
