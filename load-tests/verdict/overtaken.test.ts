import { describe, expect, it } from 'vitest';
import { judgeOvertaken, type ReadHistory } from './overtaken.ts';

describe('a status that a newer one may have overtaken', () => {
  const overtaken = (id: string, circle = 'family') => ({ id, author: 'mum', circle, sockets: 3 });
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
    expect(await judgeOvertaken(judged(...both), read)).toEqual(judged(...both));
  });

  it('is lost where it does not, and where it is help', async () => {
    const result = await judgeOvertaken(judged(overtaken('a'), overtaken('gone'), overtaken('h'), overtaken('a', 'class')), read);
    expect(result).toMatchObject({ lost: 10, overtaken: [overtaken('a')] });
    expect(result.lostExamples).toHaveLength(4);
  });
});
