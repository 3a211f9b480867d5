import { describe, expect, it } from 'vitest';
import type { CircleEvent, ServerFrame } from '../../contract/frames.ts';
import type { Condition } from '../../contract/statuses.ts';
import { BOARD, row } from '../../testing/sample-board.ts';
import { type LiveBoard, takeFrame } from './live-board.ts';

const START: LiveBoard = { board: { ...BOARD, members: [row('mum')] }, connection: { state: 'live' }, isCatchingUp: false };

function statusEvent(seq: number, condition: Condition, circle = 'c', epoch = '00000001'): CircleEvent {
  const { status } = row('mum', condition, `2026-03-11T05:46:${String(seq).padStart(2, '0')}.000Z`);
  if (!status) throw new Error('a row with a condition has a status');
  return { t: 'status', circle, position: `${epoch}-${seq}`, status };
}

/** Plays frames in order and gathers what the page was told to do. */
function play(frames: ServerFrame[], start = START) {
  let state = start;
  const asked: string[] = [];
  const news: CircleEvent[] = [];
  for (const frame of frames) {
    const step = takeFrame(state, frame);
    state = step.state;
    if (step.ask !== undefined) asked.push(step.ask);
    if (step.news) news.push(step.news);
  }
  return { state, asked, news, condition: state.board.members[0]?.status?.condition };
}

describe('takeFrame', () => {
  it('follows events one by one, and takes one that comes twice as once', () => {
    const { state, news, condition } = play([
      statusEvent(8, 'ok'),
      statusEvent(8, 'ok'),
      statusEvent(9, 'help'),
      statusEvent(8, 'ok'),
    ]);
    expect(condition).toBe('help');
    expect(state.board.position).toBe('00000001-9');
    expect(news).toHaveLength(2);
  });

  it('asks for what is missing after a gap, and loses nothing of it', () => {
    const { state, asked, condition, news } = play([
      statusEvent(10, 'help'),
      statusEvent(11, 'hurt'),
      statusEvent(8, 'ok'),
      statusEvent(9, 'evacuated'),
      statusEvent(10, 'help'),
      statusEvent(11, 'hurt'),
      { t: 'synced' },
    ]);
    expect(asked).toEqual(['00000001-7']);
    expect(condition).toBe('hurt');
    expect(news).toHaveLength(4);
    expect(state).toMatchObject({ isCatchingUp: false, board: { position: '00000001-11' } });
  });

  it('asks again when the circle has a new epoch, and takes the board that comes', () => {
    const board = { t: 'board' as const, ...BOARD, position: '00000002-20', members: [row('mum', 'hurt')] };
    const { asked, state, condition } = play([statusEvent(20, 'ok', 'c', '00000002'), board, { t: 'synced' }]);
    expect(asked).toEqual(['00000001-7']);
    expect(condition).toBe('hurt');
    expect(state.board.position).toBe('00000002-20');
  });

  it('leaves other circles alone', () => {
    const other = { ...BOARD, circle: { ...BOARD.circle, id: 'other' } };
    const { state, asked } = play([
      statusEvent(8, 'ok', 'other'),
      { t: 'board', ...other },
      { t: 'left', circle: 'other' },
      { t: 'joined', circle: 'other' },
    ]);
    expect(state).toEqual(START);
    expect(asked).toEqual([]);
  });

  it('knows when its reader is no longer in the circle', () => {
    expect(play([{ t: 'left', circle: 'c' }]).state.connection.state).toBe('gone');
    const hello = { t: 'hello' as const, person: 'me', serverTime: '2026-03-11T05:46:18.000Z' };
    expect(play([{ ...hello, circles: [] }]).state.connection.state).toBe('gone');
    expect(play([{ ...hello, circles: [{ id: 'c', position: '00000001-7' }] }]).state.connection.state).toBe('live');
  });

  it('passes on how late the service is', () => {
    expect(play([{ t: 'lag', seconds: 12 }]).state.connection.lagSeconds).toBe(12);
    expect(
      play([
        { t: 'lag', seconds: 12 },
        { t: 'lag', seconds: 0 },
      ]).state.connection.lagSeconds,
    ).toBe(0);
  });
});
