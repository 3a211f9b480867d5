import { expect, it } from 'vitest';
import { TimerWheel } from './timer-wheel.ts';

it('gives each item back once, after its turns', () => {
  const wheel = new TimerWheel<string>(3);
  wheel.add('a');
  expect([...wheel.turn()]).toEqual([]);
  wheel.add('b');
  expect([...wheel.turn()]).toEqual([]);
  expect([...wheel.turn()]).toEqual(['a']);
  expect([...wheel.turn()]).toEqual(['b']);
  expect([...wheel.turn()]).toEqual([]);
});

it('lets an item that is due be added again', () => {
  const wheel = new TimerWheel<string>(2);
  wheel.add('a');
  const dueAt: number[] = [];
  for (let turn = 1; turn <= 6; turn++) {
    for (const item of wheel.turn()) {
      dueAt.push(turn);
      wheel.add(item);
    }
  }
  expect(dueAt).toEqual([2, 4, 6]);
});

it('forgets what was deleted', () => {
  const wheel = new TimerWheel<string>(1);
  wheel.delete('a', wheel.add('a'));
  expect([...wheel.turn(), ...wheel.turn()]).toEqual([]);
});
