import { render } from 'preact';
import { MORE_ELEMENT } from '../browser-data.ts';
import type { ToldStatus } from '../parts/last-status.tsx';
import { type OutboxEntry, tellSent } from '../phone/outbox-entry.ts';
import { sayTap } from '../phone/outbox-words.ts';
import { sayAloud } from '../say.ts';
import { renewLast } from './fresh-page.ts';
import { countWaiting, hasUnheard, OutboxView } from './outbox-view.tsx';
import { announce, type Page } from './page.ts';
import { isLastUnheard, showCall } from './show-call.tsx';
import { showWaiting } from './show-waiting.tsx';
import { ChangeTeller } from './tell-changes.ts';

/** What the page asks the outbox for. */
export interface OutboxOnPageParts {
  page: Page;
  /** What this person has tapped and is still kept here. */
  list: () => Promise<OutboxEntry[]>;
  /** What anybody has tapped and is still kept here, on a page of nobody; null where there is somebody. */
  listAll: (() => Promise<OutboxEntry[]>) | null;
  /** Takes an entry back, or takes a refused one away. */
  onDrop: (entry: OutboxEntry) => void;
}

/** What a page shows of the outbox and says aloud: what waits, and how far what was sent from here has come. */
export interface OutboxOnPage {
  /** What was sent from here last, as the page shows it; null where the page itself tells of the last one. */
  newest(): ToldStatus | null;
  /** Tells what this person has tapped and is still kept here, now and whenever it changes: a board shows that in its own row. */
  follow(tell: (entries: readonly OutboxEntry[]) => void): Promise<void>;
  /** How far a status has come by now. Of one on its way that may be heard before its own answer. */
  learn(id: string, news: Partial<ToldStatus>): Promise<void>;
  /**
   * The service has that status no more: the page tells of it no longer, and asks what was sent before it. Nothing where this
   * phone itself is taking it back, which tells that in its own words.
   * @param isTakenBack where that is known: a store that failed over may have lost it
   */
  letGo(id: string, isTakenBack?: boolean): Promise<void>;
  /** Whether the browser sends what waits also when the app is closed: nobody is told so where that ends with the page. */
  learnSentWhenClosed(isSent: boolean): Promise<void>;
  /** Shows and says that a tap is on this phone. */
  tellSaved(entry: OutboxEntry, at: number): Promise<void>;
  /** Shows it again: the page, the network or the time of day says something else by now. */
  redraw(): Promise<void>;
  /** Shows the outbox as it is on the phone now, whoever has changed it. */
  look(): Promise<void>;
}

/** Shows the outbox on a page, as far as that has places for it. */
export function showOutbox({ page, list, listAll, onDrop }: OutboxOnPageParts): OutboxOnPage {
  const known = new Map<string, ToldStatus>();
  /** Seen waiting on this page, whoever then sends it (this tab, another one, the service worker). */
  const waitingHere = new Set<string>();
  /** Sent while this page is open; what was sent before is told by the page itself. */
  const sentHere = new Set<string>();
  /** Not with the service any more. */
  const gone = new Set<string>();
  const changes = new ChangeTeller();
  /** By the clock that taps are dated by, and not by when the page was asked for: what came before that, the page tells itself. */
  const openedAt = Date.now();
  let isSentWhenClosed = 'SyncManager' in globalThis;
  let isRenewing = false;
  let newest: ToldStatus | null = null;
  let tell: (entries: readonly OutboxEntry[]) => void = () => undefined;

  const knownOf = (entry: OutboxEntry) => known.get(entry.id) ?? tellSent(entry, page.now());

  const tellHow = (entry: OutboxEntry) => announce(document, sayTap(page.words(), entry, { isUnderWay: true, isSentWhenClosed }));

  /** Draws it, where the page has a place for it. */
  const show = async () => {
    const own = await list();
    tell(own);
    const place = document.getElementById('outbox');
    if (!place) return;
    if (listAll) return showWaiting(page, place, await listAll());
    const { data, isCopy } = page;
    // Sent, but not yet told; and a copy may be from before what was sent last.
    const isHere = (id: string) => sentHere.has(id) || waitingHere.has(id);
    const isNews = (id: string) => !gone.has(id) && (isHere(id) || (isCopy && id > (data.last?.id ?? '')));
    const { shown, sent } = chooseShown(own, isNews);
    newest = sent ? knownOf(sent) : null;
    if (newest) known.set(newest.id, newest);
    const last = document.getElementById('last');
    // "Nothing sent yet" beside what is being sent would be two answers to one question.
    const isOvertaken = data.last ? waitingHere.has(data.last.id) || gone.has(data.last.id) : shown.length > 0;
    if (last) last.hidden = Boolean(sent) || isOvertaken;
    const view = { words: page.words(), entries: shown, known, isOnline: navigator.onLine, isSentWhenClosed, onDrop };
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
    for (const text of changes.tell(view.words, own, isSentWhenClosed)) announce(document, text);
    showCall(page, isLastUnheard(page) || hasUnheard({ ...view, now: Date.now() }));
  };
  const redraw = () => show().catch(() => undefined);

  const noteSent = (entries: readonly OutboxEntry[]) => {
    for (const entry of entries) {
      if (entry.state !== 'sent' || !waitingHere.delete(entry.id)) continue;
      sentHere.add(entry.id);
      tellHow(entry);
    }
  };

  /** Nothing waits for this: a service that hangs must not stop what is still to be sent. */
  const askLast = async (former: string) => {
    if (isRenewing) return;
    isRenewing = true;
    const isRenewed = await renewLast(page).finally(() => {
      isRenewing = false;
    });
    if (!isRenewed) return;
    waitingHere.delete(former);
    await show();
  };

  const look = async () => {
    const entries = await list();
    for (const { id, state, savedAt } of entries) {
      // What a notification sent meanwhile may never have been seen to wait: the page is older than that tap.
      const isNewer = savedAt > openedAt && !sentHere.has(id);
      if (state !== 'sent' || isNewer) waitingHere.add(id);
    }
    noteSent(entries);
    await show();
    const last = page.data.last?.id;
    const isTakenBack = last && waitingHere.has(last) && !entries.some(({ id }) => id === last);
    // Taken back for good: the page still tells of it, and only the service knows what was sent before it.
    if (last && (isTakenBack || gone.has(last))) void askLast(last).catch(() => undefined);
  };

  return {
    newest: () => newest,
    async follow(listener) {
      tell = listener;
      await show();
    },
    async learn(id, news) {
      const entry = (await list()).find((own) => own.id === id);
      if (entry) known.set(id, { ...knownOf(entry), ...news });
      await show();
    },
    async learnSentWhenClosed(isSent) {
      if (isSent === isSentWhenClosed) return;
      isSentWhenClosed = isSent;
      await redraw();
    },
    async tellSaved(entry, at) {
      if (entry.state !== 'sent') waitingHere.add(entry.id);
      await show();
      tellHow({ ...entry, state: 'waiting', savedAt: at });
    },
    redraw,
    async letGo(id, isTakenBack = false) {
      const isOurs = (await list()).some((own) => own.id === id && own.state !== 'sent');
      if (isOurs || gone.has(id)) return;
      gone.add(id);
      const isTold = newest?.id === id || page.data.last?.id === id;
      if (isTold && isTakenBack) announce(document, sayAloud(page.words(), 'outbox.retracted'));
      await look();
    },
    look,
  };
}

/**
 * What a page shows of an outbox, the newest first: all that was not sent, and of what was, the newest (`sent`) alone.
 * @param isNews whether a status that was sent is told of here, and not by the page itself
 */
export function chooseShown(
  own: readonly OutboxEntry[],
  isNews: (id: string) => boolean,
): { shown: OutboxEntry[]; sent: OutboxEntry | undefined } {
  const entries = own.filter(({ state, id }) => state !== 'sent' || isNews(id)).sort((a, b) => b.savedAt - a.savedAt);
  const sent = entries.find(({ state }) => state === 'sent');
  return { shown: entries.filter((entry) => entry.state !== 'sent' || entry === sent), sent };
}
