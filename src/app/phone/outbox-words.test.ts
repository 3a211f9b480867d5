import { describe, expect, it } from 'vitest';
import { findMessage } from '../../i18n/translate.ts';
import type { Words } from '../say.ts';
import { makeEntry, type OutboxEntry } from './outbox-entry.ts';
import { type Progress, sayEntry, sayTap } from './outbox-words.ts';

const NOW = Date.parse('2026-03-11T05:46:18.000Z');
const words: Words = { locale: 'en', timeZone: 'Asia/Tokyo', now: NOW, find: (key) => findMessage('en', key) ?? key };
const entry = makeEntry('id', 'me', { condition: 'help' }, NOW);
const tried: Progress = { isUnderWay: false, isSentWhenClosed: true };

describe('sayEntry', () => {
  it.each<[Partial<OutboxEntry>, Partial<Progress>, string]>([
    [{}, { isUnderWay: true }, 'Saved on this phone 14:46. Sending…'],
    [{}, {}, 'Saved on this phone 14:46, not sent yet. It is tried again by itself.'],
    [
      {},
      { isSentWhenClosed: false },
      'Saved on this phone 14:46, not sent yet. Keep Buji open, or open it again: then it is sent.',
    ],
    [{ state: 'sign-in' }, {}, 'Saved on this phone 14:46, not sent. Sign in, then it goes out.'],
    [{ state: 'sent' }, { isUnderWay: true }, 'Sent 14:46'],
    [
      { state: 'retracting' },
      { isUnderWay: true },
      'Taken back on this phone. It is gone for everybody as soon as there is a connection.',
    ],
    [
      { state: 'retracting', needsSignIn: true },
      {},
      'Taken back on this phone only: the others may still see it. Sign in, then it is gone for everybody.',
    ],
  ])('says how far %j has come, where %j', (change, progress, text) => {
    expect(sayEntry(words, { ...entry, ...change }, { ...tried, ...progress })).toBe(text);
  });

  it('says why it was refused', () => {
    const said = sayEntry(words, { ...entry, state: 'refused', code: 'no-circle' }, tried);
    expect(said).toMatch(/^Not sent\. Nobody would see it yet\. /);
  });
});

describe('sayTap', () => {
  it('says first what was tapped, but not of what is taken back', () => {
    expect(sayTap(words, { ...entry, state: 'sent' }, tried)).toBe('Needs help: Sent 14:46');
    expect(sayTap(words, { ...entry, state: 'retracting' }, tried)).toMatch(/^Taken back/);
  });
});
