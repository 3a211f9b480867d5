import { describe, expect, it } from 'vitest';
import { waitFor } from '../testing/wait-for.ts';
import { Rounds, RoundsFullError } from './rounds.ts';

/** Rounds whose work goes on until the test ends it; an item weighs its length. */
function createRounds({ atOnce = 1, mostWeight = 100, mostWaiting = 100 } = {}) {
  const begun: { items: string[]; end: (outcomes?: (string | Error)[]) => void; fail: (error: Error) => void }[] = [];
  const work = (items: string[]) =>
    new Promise<(string | Error)[]>((resolve, reject) => {
      begun.push({ items, end: (outcomes = items.map((item) => `${item} done`)) => resolve(outcomes), fail: reject });
    });
  const rounds = new Rounds<string, string>({ work, atOnce, mostWeight, mostWaiting, weigh: ({ length }) => length });
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
    expect(await Promise.all(both)).toEqual(['a done', 'b done']);
  });

  it('take all that came while one was under way, in order, and answer for one before the next ends', async () => {
    const { rounds, begun, untilBegun, items } = createRounds();
    const first = rounds.add('a');
    await untilBegun(1);
    const others = ['b', 'c', 'd'].map((item) => rounds.add(item));
    begun[0]?.end();
    expect(await first).toBe('a done');
    await untilBegun(2);
    expect(items()).toEqual([['a'], ['b', 'c', 'd']]);
    begun[1]?.end();
    expect(await Promise.all(others)).toEqual(['b done', 'c done', 'd done']);
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

  it('count items where nobody weighs them', async () => {
    const sizes: number[] = [];
    const work = async (items: string[]) => {
      sizes.push(items.length);
      return items;
    };
    const rounds = new Rounds<string, string>({ work, atOnce: 1, mostWeight: 2 });
    await Promise.all(['aaa', 'b', 'c'].map((item) => rounds.add(item)));
    expect(sizes).toEqual([2, 1]);
  });

  it('fail the items that failed, or all where the work itself did, and go on', async () => {
    const { rounds, begun, untilBegun } = createRounds();
    const bad = new Error('bad');
    const first = Promise.allSettled([rounds.add('a'), rounds.add('b')]);
    await untilBegun(1);
    begun[0]?.end([bad, 'b done']);
    expect(await first).toEqual([
      { status: 'rejected', reason: bad },
      { status: 'fulfilled', value: 'b done' },
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

  it('go on after work that throws before it begins', async () => {
    let isBroken = true;
    const work = (items: string[]): Promise<string[]> => {
      if (isBroken) throw new Error('broken');
      return Promise.resolve(items);
    };
    const rounds = new Rounds<string, string>({ work, atOnce: 1, mostWeight: 9 });
    await expect(rounds.add('a')).rejects.toThrow('broken');
    isBroken = false;
    expect(await rounds.add('b')).toBe('b');
  });

  it('refuse at once what is too much, and take more when there is room again', async () => {
    const { rounds, begun, untilBegun } = createRounds({ mostWeight: 1, mostWaiting: 2 });
    const first = rounds.add('a');
    await untilBegun(1);
    const waiting = [rounds.add('b'), rounds.add('c')];
    await expect(rounds.add('d')).rejects.toBeInstanceOf(RoundsFullError);
    begun[0]?.end();
    await first;
    await untilBegun(2);
    waiting.push(rounds.add('e'));
    for (const index of [1, 2, 3]) {
      await untilBegun(index + 1);
      begun[index]?.end();
    }
    expect(await Promise.all(waiting)).toEqual(['b done', 'c done', 'e done']);
  });
});
