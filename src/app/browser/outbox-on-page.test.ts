import { describe, expect, it } from 'vitest';
import { makeEntry, type OutboxEntry } from '../phone/outbox-entry.ts';
import { chooseShown } from './outbox-on-page.tsx';

const make = (id: string, savedAt: number, state: OutboxEntry['state'] = 'waiting') => ({
  ...makeEntry(id, 'me', { condition: 'ok' }, savedAt),
  state,
});
const isNews = () => true;

describe('chooseShown', () => {
  it('has all that was not sent, the newest first', () => {
    const own = [make('a', 1, 'refused'), make('c', 3, 'retracting'), make('b', 2), make('d', 4, 'sign-in')];
    const { shown, sent } = chooseShown(own, isNews);
    expect(shown.map(({ id }) => id)).toEqual(['d', 'c', 'b', 'a']);
    expect(sent).toBeUndefined();
  });

  it('has the newest alone of what was sent, in its place among the others', () => {
    const own = [make('a', 1, 'sent'), make('b', 2), make('c', 3, 'sent'), make('d', 4)];
    const { shown, sent } = chooseShown(own, isNews);
    expect(shown.map(({ id }) => id)).toEqual(['d', 'c', 'b']);
    expect(sent?.id).toBe('c');
  });

  it('leaves to the page what that tells of itself', () => {
    const own = [make('a', 1, 'sent'), make('b', 2, 'sent')];
    expect(chooseShown(own, (id) => id === 'a').sent?.id).toBe('a');
    expect(chooseShown(own, () => false)).toEqual({ shown: [], sent: undefined });
  });
});
