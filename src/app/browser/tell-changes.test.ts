import { expect, it } from 'vitest';
import { findMessage } from '../../i18n/translate.ts';
import { makeEntry, type OutboxEntry } from '../phone/outbox-entry.ts';
import type { Words } from '../say.ts';
import { ChangeTeller } from './tell-changes.ts';

const NOW = Date.parse('2026-03-11T05:46:18.000Z');
const words: Words = { locale: 'en', timeZone: 'Asia/Tokyo', now: NOW, find: (key) => findMessage('en', key) ?? key };
const entry = makeEntry('id', 'me', { condition: 'help' }, NOW);

/** What is told when an entry that was new on the page has changed. */
function tellAfter(...steps: Partial<OutboxEntry>[]): string[][] {
  const teller = new ChangeTeller();
  teller.tell(words, [], true);
  return [{}, ...steps].map((change) => teller.tell(words, [{ ...entry, ...change }], true));
}

it('tells once that a call for help is not sent yet, however often it is tried', () => {
  const text = 'Needs help: Saved on this phone 14:46, not sent yet. It is tried again by itself.';
  expect(tellAfter({ attempts: 1 }, { attempts: 2 }, { state: 'sent' })).toEqual([[], [text], [], []]);
});

it.each<[Partial<OutboxEntry>, string]>([
  [{ state: 'refused', code: 'no-circle' }, 'Needs help: Not sent. Nobody would see it yet. '],
  [{ state: 'refused', code: 'not-found' }, 'Needs help: Not sent. The circle is gone, or you can no longer write to it. '],
  [{ state: 'refused', code: 'of-tomorrow' }, 'Needs help: Not sent. Something in this form does not fit. '],
  [{ state: 'sign-in' }, 'Needs help: Saved on this phone 14:46, not sent. Sign in, then it goes out.'],
  [{ state: 'retracting' }, 'Taken back on this phone. '],
  [{ state: 'retracting', needsSignIn: true }, 'Taken back on this phone only: the others may still see it. '],
])('tells of %j', (change, text) => {
  expect(tellAfter(change)).toEqual([[], [expect.stringContaining(text)]]);
});

it('tells that what was taken back is gone, but not of what was refused and is removed', () => {
  for (const [state, told] of [
    ['waiting', ['Taken back. It is gone for everybody.']],
    ['retracting', ['Taken back. It is gone for everybody.']],
    ['refused', []],
  ] as const) {
    const teller = new ChangeTeller();
    teller.tell(words, [{ ...entry, state }], true);
    expect(teller.tell(words, [], true), state).toEqual(told);
  }
});

it('has no reading behind a word that a voice has just read', () => {
  const teller = new ChangeTeller();
  const easy: Words = { ...words, locale: 'ja-easy', find: (key) => findMessage('ja-easy', key) ?? key };
  teller.tell(easy, [entry], true);
  expect(teller.tell(easy, [{ ...entry, state: 'sign-in' }], true)).toEqual([
    '助けて: 14:46から この スマホに あります。 まだ 送って いません。 コードで 入ると 送ります。',
  ]);
});

it('tells nothing of what was so when the page was opened, and that Buji must be open where it must', () => {
  const teller = new ChangeTeller();
  expect(teller.tell(words, [{ ...entry, state: 'sign-in' }], false)).toEqual([]);
  expect(teller.tell(words, [{ ...entry, attempts: 1 }], false)).toEqual([expect.stringContaining('Keep Buji open')]);
});
