import { hydrate, render } from 'preact';
import type { Board } from '../../contract/circles.ts';
import type { CircleEvent } from '../../contract/frames.ts';
import { BoardView, type Connection } from '../parts/board-view.tsx';
import { say } from '../words.tsx';
import { type LiveBoard, takeFrame } from './live-board.ts';
import { LiveConnection } from './live-connection.ts';
import { announce, type Page } from './page.ts';

/** Ages are written in minutes. */
const AGE_TURN_MS = 30_000;

/** Takes over a board that the server wrote, and keeps it live while somebody looks at it. */
export function startBoard(page: Page, place: HTMLElement, board: Board): void {
  const viewerId = page.data.person ?? '';
  let state: LiveBoard = { board, connection: { state: page.isCopy ? 'lost' : 'still' }, isCatchingUp: false };
  let trueAt = page.data.now;
  // The first time over what the server wrote, later over our own.
  let draw: typeof render = hydrate;

  const show = () => {
    const words = page.words();
    const asOf = new Date(trueAt).toISOString();
    const focused = document.activeElement?.closest('.row')?.id;
    draw(<BoardView words={words} board={state.board} viewerId={viewerId} connection={state.connection} asOf={asOf} />, place);
    draw = render;
    // A row that moved to another group is a new element; who was on it stays on it.
    if (focused && document.activeElement === document.body) document.getElementById(focused)?.querySelector('a')?.focus();
  };
  const setConnection = (connection: Connection) => {
    state = { ...state, connection: state.connection.state === 'gone' ? state.connection : connection };
    show();
  };

  const live = new LiveConnection({
    url: `${location.protocol.replace('http', 'ws')}//${location.host}/v1/live`,
    positions: () => ({ [board.circle.id]: state.board.position }),
    onState: (connected) => setConnection({ state: connected === 'live' ? 'live' : 'lost' }),
    onFrame: (frame) => {
      const step = takeFrame(state, frame);
      state = step.state;
      trueAt = page.now();
      if (step.ask !== undefined) live.sync({ [board.circle.id]: step.ask });
      if (step.news) announceNews(page, viewerId, step.news);
      if (state.connection.state === 'gone') live.close();
      show();
    },
  });

  const follow = () => (document.visibilityState === 'visible' ? live.open() : live.close());
  document.addEventListener('visibilitychange', follow);
  setInterval(() => document.visibilityState === 'visible' && show(), AGE_TURN_MS);
  show();
  follow();
}

function announceNews(page: Page, viewerId: string, event: CircleEvent): void {
  if (event.t !== 'status' || event.status.author.id === viewerId) return;
  const words = page.words();
  const condition = say(words, `condition.${event.status.condition}`);
  announce(document, say(words, 'board.news', { name: event.status.author.nickname, condition }));
}
