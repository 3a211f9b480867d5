import { hydrate, render } from 'preact';
import type { Board } from '../../contract/circles.ts';
import type { CircleEvent, ServerFrame } from '../../contract/frames.ts';
import { placeEvent } from '../board-state.ts';
import { BoardView, type Connection } from '../parts/board-view.tsx';
import type { ShownBoard } from '../phone/kept-page.ts';
import type { OutboxEntry } from '../phone/outbox-entry.ts';
import { retractingKey } from '../phone/outbox-words.ts';
import { sayAloud, sayTime } from '../words.tsx';
import { BoardAsker } from './board-asker.ts';
import { endCopy, freshen, tellFollowing } from './fresh-page.ts';
import { type LiveBoard, takeFrame } from './live-board.ts';
import { LiveConnection } from './live-connection.ts';
import type { Outbox } from './outbox.ts';
import { announce, type Page } from './page.ts';
import { reportSeenRows } from './seen-rows.ts';

/** Further down than this the reader is at the rows. */
const AT_ROWS_PX = 40;

/** One live connection that fails is any restart's; after two something on the way may pass none, and HTTP all the same. */
const FAILURES_BEFORE_HTTP = 2;

/**
 * A gateway that is away fails all of its boards within a few seconds. Their questions, which are answered by what is left, come
 * at any time within this one: N boards ask N/10 a second.
 */
const ASK_WITHIN_MS = 10_000;

/** Ages are written in minutes. */
const AGE_TURN_MS = 30_000;

/** Takes over a board that the server wrote, and keeps it live while somebody looks at it; and its copy on the phone with it. */
export function startBoard(page: Page, place: HTMLElement, board: Board, outbox: Promise<Outbox>): void {
  const viewerId = page.data.person ?? '';
  let state: LiveBoard = { board, connection: { state: 'still' }, isCatchingUp: false };
  // The first time over what the server wrote, later over our own. A copy is drawn anew: since it was written, an OK may have
  // grown old, and what is hydrated keeps its classes.
  let draw: typeof render = page.isCopy ? render : hydrate;
  if (page.isCopy) place.replaceChildren();

  /** The rows as they are arranged; those of the state itself as long as nobody is at them. */
  let arranged = board.members;
  let isTouched = false;

  /** See `BoardViewProps`. */
  const takenBack = new Map<string, boolean>();

  const show = () => {
    const words = page.words();
    // Whoever stands on the offer of what is new takes it with the next key: it must not go from under them.
    const isAtOffer = document.activeElement?.matches('.pill');
    if (!isTouched && !isAtOffer && scrollY <= AT_ROWS_PX) arranged = state.board.members;
    const held = arranged === state.board.members ? undefined : arranged;
    const asOf = new Date(page.trueAt).toISOString();
    const focused = document.activeElement?.closest('.row')?.id;
    const { board: shown, connection } = state;
    const view = { words, board: shown, viewerId, connection, asOf, held, onArrange: arrange, takenBack };
    draw(<BoardView {...view} />, place);
    draw = render;
    // A row that moved to another group is a new element; who was on it stays on it.
    if (focused && document.activeElement === document.body) document.getElementById(focused)?.querySelector('a')?.focus();
  };
  /** On a tap: what was held is arranged anew, and read from the top, by the eye and by a screen reader. */
  const arrange = () => {
    arranged = state.board.members;
    show();
    scrollTo(0, 0);
    document.getElementById('main')?.focus({ preventScroll: true });
  };
  /**
   * Leaves the board to the service worker, in one call, because the page may end right after it; with nothing held back. One that
   * its reader may not see any more is not on the phone either.
   */
  const keep = () => {
    const isGone = state.connection.state === 'gone';
    if (isGone) return navigator.serviceWorker?.controller?.postMessage({ forget: location.pathname });
    const held = arranged;
    arranged = state.board.members;
    show();
    const data = JSON.stringify({ ...page.data, board: state.board, now: page.trueAt });
    const shown: ShownBoard = { path: location.pathname, person: viewerId, board: place.innerHTML, data };
    navigator.serviceWorker?.controller?.postMessage({ keep: shown });
    arranged = held;
    show();
  };
  const setConnection = (connection: Connection) => {
    state = { ...state, connection: state.connection.state === 'gone' ? state.connection : connection };
    show();
  };

  let failures = 0;
  /** What HTTP has answered since the live connection was there last. */
  let heard: 'board' | 'busy' | null = null;
  let question: ReturnType<typeof setTimeout> | undefined;
  const asker = new BoardAsker(board.circle.id, viewerId);
  const isLive = () => state.connection.state === 'live';
  const tellUnlive = () => {
    const wasApart = state.connection.state === 'apart';
    setConnection({ state: !navigator.onLine ? 'offline' : heard ? 'apart' : 'lost' });
    if (state.connection.state !== 'apart') return;
    tellFollowing(page, false);
    const time = sayTime(page.words(), new Date(page.trueAt).toISOString());
    if (!wasApart) announce(document, sayAloud(page.words(), 'live.not', { time }));
  };
  /** Asks what has come meanwhile: a copy does so by itself. */
  const askByHttp = async () => {
    dropQuestion();
    const found = page.isCopy ? null : await asker.ask(state.board.position);
    if (isLive()) return;
    if (found === 'signed-out') return becomeCopy();
    if (found === 'gone') return take({ t: 'left', circle: board.circle.id });
    if (found && found !== 'busy') return takeAnswer(found);
    // Who says "not now" is there; and what was shown stays of when it is.
    if (heard !== 'board') heard = found;
    tellUnlive();
  };
  const askSoon = () => {
    question ??= setTimeout(() => void askByHttp(), Math.random() * ASK_WITHIN_MS);
  };
  const dropQuestion = () => {
    clearTimeout(question);
    question = undefined;
  };
  const checkOutbox = () => {
    outbox.then((box) => box.checkBoard(state.board)).catch(() => undefined);
  };
  const takeAnswer = (newer: Board) => {
    dropQuestion();
    heard = isLive() ? null : 'board';
    page.trueAt = page.now();
    if (placeEvent(state.board.position, newer.position) !== 'old') take({ t: 'board', ...newer });
    if (!heard) return;
    if (failures >= FAILURES_BEFORE_HTTP || state.connection.state === 'lost') tellUnlive();
    // One that is live was held against it when it became so.
    checkOutbox();
  };

  const live = new LiveConnection({
    url: `${location.protocol.replace('http', 'ws')}//${location.host}/v1/live`,
    person: viewerId,
    positions: () => ({ [board.circle.id]: state.board.position }),
    onState: (connected, failed) => {
      failures = failed;
      if (connected !== 'lost') dropQuestion();
      if (connected === 'live') {
        heard = null;
        tellFollowing(page, true);
        endCopy(page);
        setConnection({ state: 'live' });
        return checkOutbox();
      }
      const isToAsk = connected === 'lost' && failures >= FAILURES_BEFORE_HTTP && heard !== 'board';
      // Until it is known whether HTTP answers, a board that was just written says no more than of when it is.
      const isEarly = state.connection.state === 'still' && navigator.onLine && (isToAsk || failures < FAILURES_BEFORE_HTTP);
      if (!isEarly || connected === 'stopped') tellUnlive();
      if (isToAsk) askSoon();
      // Signed out elsewhere, say: then the page itself may not be looked at any more.
      if (connected === 'stopped') becomeCopy();
    },
    onFrame: (frame) => {
      if (frame.t === 'hello') page.setTime(Date.parse(frame.serverTime));
      take(frame);
    },
  });
  const take = (frame: ServerFrame) => {
    const step = takeFrame(state, frame);
    state = step.state;
    // A service that says hello has not told yet what has come.
    if (frame.t !== 'hello') page.trueAt = page.now();
    if (step.ask !== undefined) live.sync({ [board.circle.id]: step.ask });
    if (step.news) announceNews(page, viewerId, step.news);
    show();
    if (state.connection.state !== 'gone') return;
    live.close();
    dropQuestion();
    keep();
    // They lead to pages of the circle.
    for (const link of document.querySelectorAll('.actions .secondary')) link.remove();
    announce(document, sayAloud(page.words(), 'board.gone'));
  };
  const becomeCopy = freshen(page, ({ board: newer }) => {
    if (newer) takeAnswer(newer);
  });

  const noteTakenBack = (entries: readonly OutboxEntry[]) => {
    // What is kept no more the service has heard of: the board itself tells that in a moment.
    for (const id of takenBack.keys()) if (!entries.some((entry) => entry.id === id)) takenBack.set(id, false);
    for (const entry of entries) {
      const needsSignIn = Boolean(entry.needsSignIn);
      const isHere = state.board.members.some(({ status }) => status?.id === entry.id);
      if (!isHere || entry.state !== 'retracting' || takenBack.get(entry.id) === needsSignIn) continue;
      takenBack.set(entry.id, needsSignIn);
      announce(document, sayAloud(page.words(), retractingKey(needsSignIn)));
    }
    // Nothing else of the outbox stands on a board.
    if (takenBack.size > 0) show();
  };
  outbox.then((box) => box.onPage.follow(noteTakenBack)).catch(() => undefined);

  if (board.circle.footprints && page.data.footprints) {
    const isVisible = () => document.visibilityState === 'visible' && !page.isCopy;
    reportSeenRows(place, isVisible, (statuses) => live.report(board.circle.id, statuses));
  }

  const follow = () => {
    if (document.visibilityState === 'visible') {
      live.open();
      if (failures < FAILURES_BEFORE_HTTP) return;
      heard = null;
      return void askByHttp();
    }
    live.close();
    dropQuestion();
    setConnection({ state: 'still' });
    keep();
  };
  place.addEventListener('pointerdown', () => {
    isTouched = true;
  });
  for (const type of ['pointerup', 'pointercancel']) {
    addEventListener(type, () => {
      isTouched = false;
    });
  }
  document.addEventListener('visibilitychange', follow);
  addEventListener('pagehide', keep);
  addEventListener('online', () => live.hurry());
  addEventListener('offline', () => {
    heard = null;
    live.drop();
    if (!isLive()) tellUnlive();
  });
  setInterval(() => {
    if (document.visibilityState !== 'visible') return;
    show();
    // To keep it, it is drawn without what is held back; that is not done under somebody's eyes.
    if (arranged === state.board.members) keep();
  }, AGE_TURN_MS);
  show();
  follow();
}

function announceNews(page: Page, viewerId: string, event: CircleEvent): void {
  if (event.t !== 'status' || event.status.author.id === viewerId) return;
  const words = page.words();
  const condition = sayAloud(words, `condition.${event.status.condition}`);
  announce(document, sayAloud(words, 'board.news', { name: event.status.author.nickname, condition }));
}
