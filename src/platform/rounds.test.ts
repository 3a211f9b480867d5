import { describe, expect, it } from 'vitest';
import { waitFor } from '../testing/wait-for.ts';
import { type RoundOutcomes, Rounds } from './rounds.ts';

/** Rounds whose work goes on until the test ends it; an item weighs its length. */
function createRounds({ atOnce = 1, mostWeight = 100 } = {}) {
  const begun: { items: string[]; end: (outcomes?: RoundOutcomes) => void; fail: (error: Error) => void }[] = [];
  const work = (items: string[]) =>
    new Promise<RoundOutcomes>((resolve, reject) => {
      begun.push({ items, end: (outcomes = []) => resolve(outcomes), fail: reject });
    });
  const rounds = new Rounds<string>({ work, atOnce, mostWeight, weigh: ({ length }) => length });
  const untilBegun = (count: number) => waitFor(() => begun.length === count);
  return { rounds, begun, untilBegun, items: () => begun.map(({ items }) => items) };
}

describe('rounds', () => {
  it('begin at once, and join what comes in the same turn', async () => {
    const { rounds, begun, untilBegun, items } = createRounds();
    const both = [rounds.add('a'), rounds.add('b')];
    await untilBegun(1);
    expect(items()).toEqual([['a', 'b']]);
    begun[0]?.end();
    await Promise.all(both);
  });

  it('take all that came while one was under way', async () => {
    const { rounds, begun, untilBegun, items } = createRounds();
    const first = rounds.add('a');
    await untilBegun(1);
    const others = ['b', 'c', 'd'].map((item) => rounds.add(item));
    begun[0]?.end();
    await first;
    await untilBegun(2);
    expect(items()).toEqual([['a'], ['b', 'c', 'd']]);
    begun[1]?.end();
    await Promise.all(others);
  });

  it('are under way at once as many as may be, and no more', async () => {
    const { rounds, begun, untilBegun, items } = createRounds({ atOnce: 2 });
    const all = [rounds.add('a')];
    await untilBegun(1);
    all.push(rounds.add('b'));
    await untilBegun(2);
    all.push(rounds.add('c'));
    await new Promise(setImmediate);
    expect(items()).toEqual([['a'], ['b']]);
    begun[1]?.end();
    await untilBegun(3);
    for (const { end } of begun) end();
    await Promise.all(all);
  });

  it('end at their weight, with one item at least', async () => {
    const { rounds, begun, untilBegun, items } = createRounds({ mostWeight: 3 });
    const all = ['aa', 'aa', 'a', 'aaaaa', 'a'].map((item) => rounds.add(item));
    for (const count of [1, 2, 3]) {
      await untilBegun(count);
      begun[count - 1]?.end();
    }
    await Promise.all(all);
    expect(items()).toEqual([['aa', 'aa'], ['a', 'aaaaa'], ['a']]);
  });

  it('fail the items that failed, or all where the work itself did, and go on', async () => {
    const { rounds, begun, untilBegun } = createRounds();
    const bad = new Error('bad');
    const first = Promise.allSettled([rounds.add('a'), rounds.add('b')]);
    await untilBegun(1);
    begun[0]?.end([bad]);
    expect(await first).toEqual([
      { status: 'rejected', reason: bad },
      { status: 'fulfilled', value: undefined },
    ]);
    const second = Promise.allSettled([rounds.add('c'), rounds.add('d')]);
    await untilBegun(2);
    begun[1]?.fail(bad);
    expect((await second).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const third = rounds.add('e');
    await untilBegun(3);
    begun[2]?.end();
    await third;
  });
});
