import { renderToString } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import { findMessage } from '../../i18n/translate.ts';
import { LAST } from '../../testing/sample-board.ts';
import { makeEntry, type OutboxEntry, tellSent } from '../phone/outbox-entry.ts';
import type { Words } from '../words.tsx';
import { countWaiting, hasUnheard, OutboxView, type OutboxViewProps } from './outbox-view.tsx';

const NOW = Date.parse('2026-03-11T05:46:18.000Z');
const words: Words = { locale: 'en', timeZone: 'Asia/Tokyo', now: NOW, find: (key) => findMessage('en', key) };
const entry = makeEntry('id', 'me', { condition: 'help' }, NOW);

function show(change: Partial<OutboxEntry>, props: Partial<OutboxViewProps> = {}) {
  const plain = { words, known: new Map(), isOnline: true, isSentWhenClosed: true, onDrop: () => undefined };
  const html = renderToString(<OutboxView {...plain} entries={[{ ...entry, ...change }]} {...props} />);
  return html
    .replace(/<svg.*?<\/svg>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

describe('OutboxView', () => {
  it.each([
    [{}, 'Needs help Saved on this phone 14:46. Sending… Take it back'],
    [{ attempts: 1 }, 'Needs help Saved on this phone 14:46, not sent yet. It is tried again by itself. Take it back'],
    [
      { state: 'sign-in' as const },
      'Needs help Saved on this phone 14:46, not sent. Sign in, then it goes out. Sign in with a code Take it back',
    ],
    [{ state: 'retracting' as const }, 'Taken back on this phone. It is gone for everybody as soon as there is a connection.'],
    [
      { state: 'retracting' as const, needsSignIn: true },
      'Taken back on this phone only: the others may still see it. Sign in, then it is gone for everybody. Sign in with a code',
    ],
    [{ state: 'refused' as const, code: 'no-circle' }, /^Needs help Not sent\. Nobody would see it yet.* Remove$/],
  ])('says how far it has come: %j', (change, text) => {
    expect(show(change)).toEqual(typeof text === 'string' ? text : expect.stringMatching(text));
  });

  it('does not say that it sends while there is no network', () => {
    expect(show({}, { isOnline: false })).toContain('not sent yet');
  });

  it('says of what is offered again that it was sent before', () => {
    const again = { offered: { circle: 'a1' } };
    for (const attempts of [0, 3])
      expect(show({ ...again, attempts })).toBe(
        'Needs help Sent 14:46, but a board no longer has it. It is being sent again. Take it back',
      );
  });

  it('says how many wait, where it is asked to and some do', () => {
    const states = ['waiting', 'sign-in', 'refused', 'retracting'] as const;
    const entries = states.map((state) => ({ ...entry, id: state, state, code: 'no-circle' }));
    expect(countWaiting(entries)).toBe(2);
    expect(show({}, { entries, count: 2 })).toMatch(/^Waiting on this phone to be sent: 2 /);
    expect(show({}, { entries })).not.toContain('to be sent:');
    expect(show({}, { entries, count: countWaiting(entries.slice(2)) })).not.toContain('to be sent:');
  });

  it('does not promise what ends with the page', () => {
    expect(show({ attempts: 1 }, { isSentWhenClosed: false })).toContain('Keep Buji open, or open it again: then it is sent.');
  });

  it('says of one that was just sent that it is on its way, and what the service knows once it does', () => {
    const sent = tellSent({ ...entry, state: 'sent' }, NOW);
    expect(show({ state: 'sent' }, { known: new Map([['id', sent]]) })).toBe(
      'Needs help Sent 14:46 · on its way to the others Take it back',
    );
    expect(show({ state: 'sent' }, { known: new Map([['id', LAST]]) })).toContain(
      'shown in 1 circle · reached 1 phone · seen by 1 person',
    );
    const alerted = { ...LAST, delivery: { boards: 1, alerted: 2, reached: 0, seen: 0 } };
    expect(show({ state: 'sent' }, { known: new Map([['id', alerted]]) })).toContain('shown in 1 circle · 2 people alerted');
  });
});

describe('hasUnheard', () => {
  const isUnheard = (change: Partial<OutboxEntry>, now: number) =>
    hasUnheard({
      words,
      known: new Map(),
      entries: [makeEntry('other', 'me', { condition: 'ok' }, NOW), { ...entry, ...change }],
      now,
    });

  it.each([{}, { attempts: 5 }, { state: 'sign-in' as const }, { state: 'refused' as const, code: 'no-circle' }])(
    'holds where a call for help has not gone out for a minute: %j',
    (change) => {
      expect(isUnheard(change, NOW + 59_999)).toBe(false);
      expect(isUnheard(change, NOW + 60_000)).toBe(true);
    },
  );

  it('holds for no other status, nor for what is taken back', () => {
    expect(isUnheard({ status: { condition: 'ok' } }, NOW + 60_000)).toBe(false);
    expect(isUnheard({ state: 'retracting' }, NOW + 60_000)).toBe(false);
  });

  it('holds for one that was sent by the service’s clock, until somebody has heard it', () => {
    const entries = [{ ...entry, state: 'sent' as const }];
    const told = tellSent({ ...entry, state: 'sent' }, NOW - 60_000);
    const reached = { ...told, delivery: { boards: 1, alerted: 1, reached: 1, seen: 0 } };
    expect(hasUnheard({ words, entries, known: new Map([['id', told]]), now: 0 })).toBe(true);
    expect(hasUnheard({ words, entries, known: new Map([['id', reached]]), now: NOW + 60_000 })).toBe(false);
  });
});
