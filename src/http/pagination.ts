import { type Static, Type } from 'typebox';
import { Id } from '../contract/ids.ts';
import { LIST_DEFAULT, LIST_MAX } from '../contract/limits.ts';

/** Numbers in a query are text; the pattern admits 1 to LIST_MAX (100). */
export const LimitParam = Type.String({
  pattern: '^([1-9][0-9]?|100)$',
  description: `1 to ${LIST_MAX}, ${LIST_DEFAULT} by default`,
});

/** Query of every list. */
export const PageQuery = Type.Object(
  {
    before: Type.Optional(Id),
    limit: Type.Optional(LimitParam),
  },
  { additionalProperties: false },
);
export type PageQuery = Static<typeof PageQuery>;

/** Id to ask for the next page with, null at the end. */
export const Next = Type.Union([Id, Type.Null()]);

/** Size of the page that a query asks for. */
export function pageSize(query: PageQuery): number {
  return query.limit ? Number(query.limit) : LIST_DEFAULT;
}

/** Cuts one page out of a list that is newest first. An unknown `before` is an empty page: what it pointed at is gone. */
export function paginate<Item extends { id: string }>(items: Item[], query: PageQuery): { page: Item[]; next: string | null } {
  const start = query.before ? items.findIndex(({ id }) => id === query.before) + 1 : 0;
  if (query.before && start === 0) return { page: [], next: null };
  const page = items.slice(start, start + pageSize(query));
  return { page, next: start + page.length < items.length ? (page.at(-1)?.id ?? null) : null };
}
