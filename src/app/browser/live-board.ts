import type { Board } from '../../contract/circles.ts';
import type { CircleEvent, ServerFrame } from '../../contract/frames.ts';
import { applyEvent, placeEvent } from '../board-state.ts';
import type { Connection } from '../parts/board-view.tsx';

/** What the page of a board knows. */
export interface LiveBoard {
  board: Board;
  connection: Connection;
  /** Asked for what was missed, and waiting for `synced`; then events that do not follow are left alone. */
  isCatchingUp: boolean;
}

/** What a frame changes, and what the page must do about it. */
export interface Step {
  state: LiveBoard;
  /** Ask the service again from this position; empty: for the whole board. */
  ask?: string;
  /** An event that is news to the reader. */
  news?: CircleEvent;
}

/** The next state after a frame. Frames of other circles change nothing. */
export function takeFrame(state: LiveBoard, frame: ServerFrame): Step {
  const id = state.board.circle.id;
  switch (frame.t) {
    case 'board': {
      if (frame.circle.id !== id) return { state };
      const { t: _, ...board } = frame;
      return { state: { ...state, board } };
    }
    case 'synced':
      return { state: { ...state, isCatchingUp: false } };
    case 'lag':
      return { state: { ...state, connection: { ...state.connection, lagSeconds: frame.seconds } } };
    case 'left':
      return frame.circle === id ? { state: { ...state, connection: { state: 'gone' } } } : { state };
    case 'hello':
      return frame.circles.some((circle) => circle.id === id)
        ? { state }
        : { state: { ...state, connection: { state: 'gone' } } };
    case 'joined':
      return { state };
    default:
      return 'circle' in frame && frame.circle === id ? takeEvent(state, frame) : { state };
  }
}

function takeEvent(state: LiveBoard, event: CircleEvent): Step {
  const place = placeEvent(state.board.position, event.position);
  if (place === 'old') return { state };
  if (place === 'next') return { state: { ...state, board: applyEvent(state.board, event) }, news: event };
  // Something is missing between. What was asked for already comes first; this event is then among it.
  return state.isCatchingUp ? { state } : { state: { ...state, isCatchingUp: true }, ask: state.board.position };
}
