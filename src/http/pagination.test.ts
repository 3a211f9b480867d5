import { Value } from 'typebox/value';
import { uuidv7 } from 'uuidv7';
import { describe, expect, it } from 'vitest';
import { LIST_DEFAULT, LIST_MAX } from '../contract/limits.ts';
import { PageQuery, pageSize, paginate } from './pagination.ts';

const items = Array.from({ length: 5 }, () => ({ id: uuidv7() })).reverse();
const idsOf = (query: PageQuery) => paginate(items, query).page.map(({ id }) => id);

describe('paginate', () => {
  it('gives page after page until `next` is null, each item once', () => {
    const seen: string[] = [];
    let next: string | null = null;
    do {
      const answer: ReturnType<typeof paginate> = paginate(items, { limit: '2', ...(next && { before: next }) });
      seen.push(...answer.page.map(({ id }) => id));
      next = answer.next;
    } while (next);
    expect(seen).toEqual(items.map(({ id }) => id));
  });

  it('has no next page after exactly the last item, nor after nothing', () => {
    expect(paginate(items, { limit: '5' }).next).toBeNull();
    expect(paginate([], {})).toEqual({ page: [], next: null });
    expect(idsOf({ before: items[4]?.id ?? '' })).toEqual([]);
  });

  it('is empty after an id that is gone', () => {
    expect(paginate(items, { before: uuidv7() })).toEqual({ page: [], next: null });
  });
});

describe('PageQuery', () => {
  it('admits 1 to LIST_MAX as a number, and an id', () => {
    for (const limit of ['1', '9', '10', '99', String(LIST_MAX)]) expect(Value.Check(PageQuery, { limit })).toBe(true);
    for (const limit of ['0', '-1', '101', '1000', '01', '1e1', ' 5', '', 'all'])
      expect(Value.Check(PageQuery, { limit })).toBe(false);
    expect(Value.Check(PageQuery, { before: 'x' })).toBe(false);
    expect(Value.Check(PageQuery, { offset: '1' })).toBe(false);
    expect([pageSize({}), pageSize({ limit: '7' })]).toEqual([LIST_DEFAULT, 7]);
  });
});
