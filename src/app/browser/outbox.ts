import type { Board } from '../../contract/circles.ts';
import { makeUuidV7 } from '../../contract/uuid-v7.ts';
import { askBackgroundSync } from '../phone/background-sync.ts';
import {
  afterSignIn,
  laneOf,
  makeEntry,
  nextDue,
  OUTBOX_LANES,
  type OutboxEntry,
  type OutboxLane,
} from '../phone/outbox-entry.ts';
import { sendOutbox } from '../phone/outbox-send.ts';
import { openOutboxChannel, openPhoneStore, type PhoneStore } from '../phone/phone-store.ts';
import { letGoHere, takeBackHere } from '../phone/take-back.ts';
import { isSpent, offerAgain } from './outbox-offer.ts';
import { type OutboxOnPage, showOutbox } from './outbox-on-page.tsx';
import type { Page } from './page.ts';

/** How soon to look again: what is due at once waits for another tab's try to end. Without a network nothing is that pressing. */
const SOONEST_MS = 500;
const SOONEST_OFFLINE_MS = 10_000;

/** The outbox while a page is open: saves taps and sends them; `onPage` says in words how far they have come. */
export class Outbox {
  readonly #onPage: OutboxOnPage;
  readonly #store: PhoneStore;
  /** Whose outbox this is; null: nobody's, so nothing is sent, and shown is only how much waits. */
  readonly #person: string | null;
  readonly #channel = openOutboxChannel();
  readonly #timers: Partial<Record<OutboxLane, ReturnType<typeof setTimeout>>> = {};

  constructor(page: Page, store: PhoneStore, person: string | null) {
    this.#person = person;
    this.#store = store;
    const onDrop = (entry: OutboxEntry) => void this.#drop(entry);
    const listAll = person === null ? () => store.list() : null;
    this.#onPage = showOutbox({ page, list: () => this.#listOwn(), listAll, onDrop });
  }

  /** Opens the outbox and keeps trying as long as the page lives: now, when the network returns, when the page is looked at. */
  static async start(page: Page): Promise<Outbox> {
    const store = await openPhoneStore();
    const { person } = page.data;
    if (person !== undefined && !page.isCopy) await store.setPerson(person);
    // A page that does not know its reader (no connection, or the service in trouble): the one who was last known here.
    const outbox = new Outbox(page, store, person === undefined ? await store.person() : person);
    await outbox.#tidyUp();
    await outbox.#onPage.look();
    const hope = () => void outbox.flush(true);
    addEventListener('online', hope);
    addEventListener('offline', () => void outbox.#onPage.redraw());
    outbox.#channel?.addEventListener('message', () => void outbox.#onPage.look().catch(() => undefined));
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && hope());
    hope();
    return outbox;
  }

  get onPage(): OutboxOnPage {
    return this.#onPage;
  }

  /**
   * Saves a tap. Resolves when it is on the phone; sending goes on by itself.
   * @param at when it was tapped, by this phone's clock: the store may have been opened only later
   */
  async save(status: OutboxEntry['status'], at: number): Promise<void> {
    const person = this.#person;
    if (!person) throw new Error('nobody is signed in');
    const entry = await this.#store.save(makeEntry(makeUuidV7(at), person, status, at));
    await this.#onPage.tellSaved(entry, at);
    this.#tellOthers();
    // Before the first try: the page may be closed while that hangs.
    void this.#askBrowser();
    void this.flush(true);
  }

  /** Takes back what the service told of: the same as taking an entry back, also without a connection. */
  async takeBack(id: string): Promise<void> {
    const person = this.#person;
    if (!person) throw new Error('nobody is signed in');
    const now = Date.now();
    const isOurs = await takeBackHere(this.#store, id, person, now);
    // Sent from another phone, or longer ago than this one remembers.
    if (!isOurs)
      await this.#store.put({ ...makeEntry(id, person, { condition: 'ok' }, now), state: 'retracting', isTried: true });
    this.#tellOthers();
    await this.#onPage.look();
    void this.flush(true);
  }

  /** Taken back on another device, says the service: then nothing here is to offer it again, or to tell of it. */
  async letGo(id: string): Promise<void> {
    await letGoHere(this.#store, id, this.#person);
    this.#tellOthers();
    await this.#onPage.letGo(id, true);
    void this.flush(true);
  }

  /**
   * The service has no such status: taken back on another device, or lost by a store that failed over. Its id finds out which: it
   * is sent again. What this phone does not keep is told of no longer.
   */
  async findOut(id: string): Promise<void> {
    const isOurs = ({ person, state }: OutboxEntry) => person === this.#person && state === 'sent';
    const again = { state: 'waiting', attempts: 0, dueAt: Date.now() } as const;
    const isSentAgain = await this.#store.change(id, (entry) => (isOurs(entry) ? { ...entry, ...again } : undefined));
    if (isSentAgain) await this.flush(true);
    else await this.#onPage.letGo(id);
  }

  /** Holds a board, as the service has it now, against what was sent from here; where a board came through, so may what waits. */
  async checkBoard(board: Board): Promise<void> {
    const person = this.#person;
    if (!person) return;
    const again = offerAgain(await this.#store.list(), person, board, Date.now());
    if (again) await this.#store.change(again.id, (entry) => (entry.state === 'sent' ? again : undefined));
    await this.flush(true);
  }

  /** Sends what is due and looks again when the next one is. */
  async flush(isHopeful = false): Promise<void> {
    await Promise.all(OUTBOX_LANES.map((lane) => this.#flushLane(lane, isHopeful)));
  }

  async #flushLane(lane: OutboxLane, isHopeful: boolean): Promise<void> {
    // Where the phone's store fails, it is looked at again as if something waited: something may.
    const due = await this.#sendNow(lane, isHopeful).catch(() => Date.now() + SOONEST_OFFLINE_MS);
    clearTimeout(this.#timers[lane]);
    if (due === null) return;
    const soonest = navigator.onLine ? SOONEST_MS : SOONEST_OFFLINE_MS;
    this.#timers[lane] = setTimeout(() => void this.#flushLane(lane, false), Math.max(soonest, due - Date.now()));
    void this.#askBrowser();
  }

  /** @returns when the next of the lane is due; null where none waits */
  async #sendNow(lane: OutboxLane, isHopeful: boolean): Promise<number | null> {
    const person = this.#person;
    if (person) {
      await this.#leaveToOthers(person);
      await this.#onPage.look();
      const hasChanged = await sendOutbox({ store: this.#store, person, lane, isHopeful });
      if (hasChanged) this.#tellOthers();
      if (hasChanged && lane === 'help') void this.#flushLane('rest', false); // It may have taken back what hides the call.
    }
    await this.#onPage.look();
    const own = await this.#listOwn();
    return nextDue(
      own.filter((entry) => laneOf(entry) === lane),
      Date.now(),
    );
  }

  /** Somebody else has signed in in another tab: what waits here waits for its author to be back, and says so. */
  async #leaveToOthers(person: string): Promise<void> {
    const known = await this.#store.person();
    if (known === null || known === person) return;
    for (const { id } of await this.#listOwn())
      await this.#store.change(id, (entry) => (entry.state === 'waiting' ? { ...entry, state: 'sign-in' } : undefined));
  }

  /** What this person has tapped. What others tapped on this phone is kept until they sign in, and not shown. */
  async #listOwn(): Promise<OutboxEntry[]> {
    return (await this.#store.list()).filter(({ person }) => person === this.#person);
  }

  /** Other pages of this phone show the same outbox; and a notification may tell of an answer in it. */
  #tellOthers(): void {
    this.#channel?.postMessage(null);
    navigator.serviceWorker?.controller?.postMessage({ isOutboxChanged: true });
  }

  async #drop(entry: OutboxEntry): Promise<void> {
    await takeBackHere(this.#store, entry.id, this.#person, Date.now());
    this.#tellOthers();
    await this.flush(true);
  }

  /** Whoever signed in again can send what waited for it; what was sent a day ago, or by somebody else, is let go. */
  async #tidyUp(): Promise<void> {
    const now = Date.now();
    for (const { id } of await this.#store.list()) {
      await this.#store.change(id, (entry) => {
        if (isSpent(entry, this.#person, now)) return null;
        return entry.person === this.#person ? afterSignIn(entry) : undefined;
      });
    }
  }

  async #askBrowser(): Promise<void> {
    const isAsked = await askBackgroundSync(await navigator.serviceWorker?.getRegistration().catch(() => undefined));
    await this.#onPage.learnSentWhenClosed(isAsked);
  }
}
