import { describe, expect, it } from 'vitest';
import type { ServerFrame } from '../../contract/frames.ts';
import type { RecordedFrame } from './live-recorder.ts';
import { lacking, type Wanted } from './seen-by-all.ts';

const second = (count: number) => new Date(Date.UTC(2026, 0, 1) + count * 1_000).toISOString();
const wanted = (count: number, condition: Wanted['condition'] = 'ok'): Wanted => ({
  id: `s${count}`,
  condition,
  writtenAt: second(count),
  acceptedAt: second(count),
  author: 'mika',
});
const record = (at: number, frame: object): RecordedFrame => ({ at: Date.parse(second(at)), frame: frame as ServerFrame });
const position = (seq: number) => `0a0b0c0d-${seq}`;
/** A status of second `count` that came in second `at`. */
const status = (seq: number, count: number, at = count) =>
  record(at, { t: 'status', circle: 'c', position: position(seq), status: { ...wanted(count), author: { id: 'mika' } } });
const board = (seq: number, count: number, at = count) =>
  record(at, {
    t: 'board',
    circle: { id: 'c' },
    position: position(seq),
    members: [{ member: { id: 'mika' }, status: wanted(count) }],
  });
const count = (entry: Wanted, sockets: RecordedFrame[][], isInHistory = true) => lacking('c', entry, sockets, isInHistory).length;

describe('a status that some socket was told', () => {
  it('is due to all: a newer one in its place does not do', () => {
    const told = [board(0, 0), status(1, 1), status(2, 20)];
    expect(count(wanted(1), [told, told])).toBe(0);
    expect(count(wanted(1), [told, [board(0, 0), status(2, 20)]])).toBe(1);
    expect(count(wanted(1), [told, [board(0, 0), status(2, 20), board(3, 21)]])).toBe(1);
    expect(count(wanted(1), [told, [board(0, 0)]])).toBe(1);
  });

  it('is in the board of who comes back, itself or a newer one', () => {
    const told = [status(1, 1), status(2, 2)];
    expect(count(wanted(1), [told, [board(0, 0), board(2, 2)]])).toBe(0);
    expect(count(wanted(1), [told, [board(0, 0), board(2, 0, 3)]])).toBe(1);
  });

  it('is in that board itself where it is help', () => {
    const told = [status(1, 1), status(2, 2)];
    expect(count(wanted(1, 'help'), [told, [board(1, 1)]])).toBe(0);
    expect(count(wanted(1, 'help'), [told, [board(2, 2)]])).toBe(1);
  });
});

describe('a status that no socket was told', () => {
  it('was overtaken where a newer one came late and it is in the history', () => {
    const late = [[board(0, 0), status(1, 7)]];
    expect(count(wanted(1), late)).toBe(0);
    expect(count(wanted(1), late, false)).toBe(1);
    expect(count(wanted(1, 'help'), late)).toBe(1);
    expect(count(wanted(1), [[board(0, 0), status(1, 5)]])).toBe(1);
  });

  it('may have come while all were down', () => {
    expect(count(wanted(1), [[board(0, 0), board(1, 2)]], false)).toBe(0);
    expect(count(wanted(1), [[board(0, 0)]])).toBe(1);
  });
});
