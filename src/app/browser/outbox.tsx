import { render } from 'preact';
import type { Board } from '../../contract/circles.ts';
import type { Condition } from '../../contract/statuses.ts';
import { makeUuidV7 } from '../../contract/uuid-v7.ts';
import { MORE_ELEMENT } from '../browser-data.ts';
import type { ToldStatus } from '../parts/last-status.tsx';
import { askBackgroundSync } from '../phone/background-sync.ts';
import {
  afterSignIn,
  laneOf,
  makeEntry,
  nextDue,
  OUTBOX_LANES,
  type OutboxEntry,
  type OutboxLane,
  takeBack,
  tellSent,
} from '../phone/outbox-entry.ts';
import { sendOutbox } from '../phone/outbox-send.ts';
import { openOutboxChannel, openPhoneStore, type PhoneStore } from '../phone/phone-store.ts';
import { say, sayTime } from '../words.tsx';
import { renewLast } from './fresh-page.ts';
import { isSpent, offerAgain } from './outbox-offer.ts';
import { countWaiting, hasUnheard, OutboxView } from './outbox-view.tsx';
import { announce, type Page } from './page.ts';
import { isLastUnheard, showCall } from './show-call.tsx';
import { ChangeTeller } from './tell-changes.ts';

/** How soon to look again: what is due at once waits for another tab's try to end. Without a network nothing is that pressing. */
const SOONEST_MS = 500;
const SOONEST_OFFLINE_MS = 10_000;

/** The outbox while a page is open: saves taps, sends them, and says in words how far they have come. */
export class Outbox {
  readonly #page: Page;
  readonly #store: PhoneStore;
  /** Whose outbox this is; null: nobody's, so nothing is shown and nothing sent. */
  readonly #person: string | null;
  readonly #known = new Map<string, ToldStatus>();
  /** Seen waiting on this page, whoever then sends it (this tab, another one, the service worker). */
  readonly #waitingHere = new Set<string>();
  /** Sent while this page is open; what was sent before is told by the page itself. */
  readonly #sentHere = new Set<string>();
  readonly #channel = openOutboxChannel();
  readonly #changes = new ChangeTeller();
  /** By the clock that taps are dated by, and not by when the page was asked for: what came before that, the page tells itself. */
  readonly #openedAt = Date.now();
  #isSentWhenClosed = 'SyncManager' in globalThis;
  #isRenewing = false;
  #newest: ToldStatus | null = null;
  #tell: (entries: readonly OutboxEntry[]) => void = () => undefined;
  readonly #timers: Partial<Record<OutboxLane, ReturnType<typeof setTimeout>>> = {};

  constructor(page: Page, store: PhoneStore, person: string | null) {
    this.#page = page;
    this.#person = person;
    this.#store = store;
  }

  /** Opens the outbox and keeps trying as long as the page lives: now, when the network returns, when the page is looked at. */
  static async start(page: Page): Promise<Outbox> {
    const store = await openPhoneStore();
    const { person } = page.data;
    if (person !== undefined && !page.isCopy) await store.setPerson(person);
    // A page that does not know its reader (no connection, or the service in trouble): the one who was last known here.
    const outbox = new Outbox(page, store, person === undefined ? await store.person() : person);
    await outbox.#tidyUp();
    await outbox.#look();
    const hope = () => void outbox.flush(true);
    addEventListener('online', hope);
    addEventListener('offline', () => void outbox.redraw());
    outbox.#channel?.addEventListener('message', () => void outbox.#look().catch(() => undefined));
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && hope());
    hope();
    return outbox;
  }

  /**
   * Saves a tap. Resolves when it is on the phone; sending goes on by itself.
   * @param at when it was tapped, by this phone's clock: the store may have been opened only later
   */
  async save(status: OutboxEntry['status'], at: number): Promise<void> {
    const person = this.#person;
    if (!person) throw new Error('nobody is signed in');
    const { id, state } = await this.#store.save(makeEntry(makeUuidV7(at), person, status, at));
    if (state !== 'sent') this.#waitingHere.add(id);
    await this.#show();
    this.#channel?.postMessage(null);
    this.#say('outbox.saved', status.condition, at);
    // Before the first try: the page may be closed while that hangs.
    void this.#askBrowser();
    void this.flush(true);
  }

  /** Takes back what the service told of: the same as taking an entry back, also without a connection. */
  async takeBack(id: string): Promise<void> {
    const person = this.#person;
    if (!person) throw new Error('nobody is signed in');
    const now = Date.now();
    const isOurs = await this.#store.change(id, (entry) => (entry.person === person ? takeBack(entry, now) : undefined));
    // Sent from another phone, or longer ago than this one remembers.
    if (!isOurs)
      await this.#store.put({ ...makeEntry(id, person, { condition: 'ok' }, now), state: 'retracting', isTried: true });
    this.#channel?.postMessage(null);
    await this.#look();
    void this.flush(true);
  }

  /** Tells what this person has tapped and is still kept here, now and whenever it changes: a board shows that in its own row. */
  async follow(tell: (entries: readonly OutboxEntry[]) => void): Promise<void> {
    this.#tell = tell;
    await this.#show();
  }

  /** What was sent from here last, as the page shows it; null where the page itself tells of the last one. */
  get newest(): ToldStatus | null {
    return this.#newest;
  }

  /** How far a status has come by now. Of one on its way that may be heard before its own answer. */
  async learn(id: string, news: Partial<ToldStatus>): Promise<void> {
    const entry = (await this.#listOwn()).find((own) => own.id === id);
    if (entry) this.#known.set(id, { ...this.#knownOf(entry), ...news });
    await this.#show();
  }

  #knownOf(entry: OutboxEntry): ToldStatus {
    return this.#known.get(entry.id) ?? tellSent(entry, this.#page.now());
  }

  /** Shows it again: the page, the network or the time of day says something else by now. */
  redraw(): Promise<void> {
    return this.#show().catch(() => undefined);
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
      await this.#look();
      const hasChanged = await sendOutbox({ store: this.#store, person, lane, isHopeful });
      if (hasChanged) this.#channel?.postMessage(null);
      if (hasChanged && lane === 'help') void this.#flushLane('rest', false); // It may have taken back what hides the call.
    }
    await this.#look();
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

  /** Shows the outbox as it is on the phone now, whoever has changed it. */
  async #look(): Promise<void> {
    const entries = await this.#listOwn();
    for (const { id, state, savedAt } of entries) {
      // What a notification sent meanwhile may never have been seen to wait: the page is older than that tap.
      const isNewer = savedAt > this.#openedAt && !this.#sentHere.has(id);
      if (state !== 'sent' || isNewer) this.#waitingHere.add(id);
    }
    this.#tellSent(entries);
    await this.#show();
    const last = this.#page.data.last?.id;
    if (!last || !this.#waitingHere.has(last) || entries.some(({ id }) => id === last)) return;
    // Taken back for good: the page still tells of it, and only the service knows what was sent before it.
    void this.#renewLast(last).catch(() => undefined);
  }

  /** Nothing waits for this: a service that hangs must not stop what is still to be sent. */
  async #renewLast(former: string): Promise<void> {
    if (this.#isRenewing) return;
    this.#isRenewing = true;
    const isRenewed = await renewLast(this.#page).finally(() => {
      this.#isRenewing = false;
    });
    if (!isRenewed) return;
    this.#waitingHere.delete(former);
    await this.#show();
  }

  /** What this person has tapped. What others tapped on this phone is kept until they sign in, and not shown. */
  async #listOwn(): Promise<OutboxEntry[]> {
    return (await this.#store.list()).filter(({ person }) => person === this.#person);
  }

  #tellSent(entries: readonly OutboxEntry[]): void {
    for (const entry of entries) {
      if (entry.state !== 'sent' || !this.#waitingHere.delete(entry.id)) continue;
      this.#sentHere.add(entry.id);
      this.#say('outbox.sent', entry.status.condition, entry.savedAt);
    }
  }

  async #drop(entry: OutboxEntry): Promise<void> {
    const now = Date.now();
    await this.#store.change(entry.id, (current) => (current.person === this.#person ? takeBack(current, now) : undefined));
    this.#channel?.postMessage(null);
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

  /** Draws it, where the page has a place for it. */
  async #show(): Promise<void> {
    const own = await this.#listOwn();
    this.#tell(own);
    const place = document.getElementById('outbox');
    if (!place) return;
    const { data, isCopy } = this.#page;
    // A copy may be from before what was sent last.
    const isNews = (id: string) => this.#sentHere.has(id) || (isCopy && id > (data.last?.id ?? ''));
    const entries = own.filter(({ state, id }) => state !== 'sent' || isNews(id)).sort((a, b) => b.savedAt - a.savedAt);
    const newestSent = entries.findIndex(({ state }) => state === 'sent');
    const shown = entries.filter(({ state }, index) => state !== 'sent' || index === newestSent);
    const sent = entries[newestSent];
    this.#newest = sent ? this.#knownOf(sent) : null;
    if (this.#newest) this.#known.set(this.#newest.id, this.#newest);
    const last = document.getElementById('last');
    // "Nothing sent yet" beside what is being sent would be two answers to one question.
    const isOvertaken = data.last ? this.#waitingHere.has(data.last.id) : shown.length > 0;
    if (last) last.hidden = newestSent >= 0 || isOvertaken;
    const onDrop = (entry: OutboxEntry) => void this.#drop(entry);
    const view = {
      words: this.#page.words(),
      entries: shown,
      known: this.#known,
      isOnline: navigator.onLine,
      isSentWhenClosed: this.#isSentWhenClosed,
      onDrop,
    };
    const waiting = countWaiting(shown);
    const more = document.getElementById(MORE_ELEMENT);
    if (more) {
      // No button may move under a thumb that taps again: only what was tapped last stands above them, the rest below.
      render(shown.length > 1 && <OutboxView {...view} entries={shown.slice(1)} />, more);
      const before = shown.length > 0 ? more : place;
      if (last && last.previousElementSibling !== before) before.after(last);
    }
    const isCounted = 'counted' in place.dataset || (more && waiting > 1);
    render(<OutboxView {...view} entries={more ? shown.slice(0, 1) : shown} count={isCounted ? waiting : 0} />, place);
    for (const text of this.#changes.tell(view.words, own, this.#isSentWhenClosed)) announce(document, text);
    showCall(this.#page, isLastUnheard(this.#page) || hasUnheard({ ...view, now: Date.now() }));
  }

  /** Nobody is told that it goes out by itself where that ends with the page. */
  async #askBrowser(): Promise<void> {
    const isAsked = await askBackgroundSync(await navigator.serviceWorker?.getRegistration().catch(() => undefined));
    if (isAsked === this.#isSentWhenClosed) return;
    this.#isSentWhenClosed = isAsked;
    await this.redraw();
  }

  #say(key: 'outbox.saved' | 'outbox.sent', condition: Condition, at: number): void {
    const words = this.#page.words();
    const time = sayTime(words, new Date(at).toISOString());
    announce(document, `${say(words, `condition.${condition}`)}: ${say(words, key, { time })}`);
  }
}
