import { describe, expect, it } from 'vitest';
import { findWaits, judgeOvertaken, type ReadHistory } from './overtaken.ts';

describe('a status that a newer one may have overtaken', () => {
  const times = { acceptedAt: 1_000, overtakenAt: 3_000 };
  const overtaken = (id: string, circle = 'family') => ({ id, author: 'mum', circle, sockets: 3, ...times });
  const late = [{ from: 1_000, until: 7_000 }];
  const judged = (...all: ReturnType<typeof overtaken>[]) => ({
    acknowledged: 9,
    expected: 27,
    lost: 1,
    overtaken: all,
    unconfirmed: 0,
    lostExamples: ['one'],
  });
  /** Two pages of a history, and nothing else. */
  const read: ReadHistory = async (circle, member, before) => {
    if (circle !== 'family' || member !== 'mum') return { statuses: [], next: null };
    if (before === null) return { statuses: [{ id: 'b', condition: 'ok' }], next: 'b' };
    return {
      statuses: [
        { id: 'a', condition: 'ok' },
        { id: 'h', condition: 'help' },
      ],
      next: null,
    };
  };

  it('is forgiven where it stands in the history of its author, on whichever page', async () => {
    const both = [overtaken('a'), overtaken('b')];
    expect(await judgeOvertaken(judged(...both), read, late)).toEqual(judged(...both));
  });

  it('is lost where it does not, and where it is help', async () => {
    const all = [overtaken('a'), overtaken('gone'), overtaken('h'), overtaken('a', 'class')];
    const result = await judgeOvertaken(judged(...all), read, late);
    expect(result).toMatchObject({ lost: 10, overtaken: [overtaken('a')] });
    expect(result.lostExamples).toHaveLength(4);
  });

  it('is lost where nothing shows that it was late, though the history has it', async () => {
    for (const waits of [[], [{ from: 2_600, until: 9_000 }]]) {
      const result = await judgeOvertaken(judged(overtaken('a')), read, waits);
      expect(result).toMatchObject({ lost: 4, overtaken: [] });
      expect(result.lostExamples[1]).toContain('nothing waited for 5 s');
    }
  });
});

describe('what shows that the service was late', () => {
  const none = { waits: [], clockAheadMs: 0 };
  const reading = (at: number, lagSeconds: number | null) => ({ at, lagSeconds });

  it('is what sockets saw, and a gauge of more than five seconds by the next reading', () => {
    const waits = [{ from: 1, until: 9_000 }];
    const readings = [reading(20_000, 3.9), reading(21_000, 4.9), reading(22_000, null), reading(23_000, 0)];
    expect(findWaits({ waits, clockAheadMs: 0 }, readings)).toEqual([...waits, { from: 16_100, until: 22_000 }]);
    expect(findWaits(none, [reading(20_000, 5.1)])).toEqual([{ from: 14_900, until: 20_000 }]);
  });

  it('is told by the clock of the service', () => {
    expect(findWaits({ waits: [], clockAheadMs: -500 }, [reading(20_000, 6)])).toEqual([{ from: 14_500, until: 20_500 }]);
  });

  it('is nothing where the service kept up, and where it has no gauge', () => {
    expect(findWaits(none, [reading(1_000, 0), reading(2_000, 0.3), reading(3_000, null)])).toEqual([]);
  });
});
