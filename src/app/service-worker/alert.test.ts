import { describe, expect, it, vi } from 'vitest';
import { findMessage } from '../../i18n/translate.ts';
import type { Words } from '../say.ts';
import { isForSameReader, readAlert, readPush } from './alert.ts';

const ORIGIN = 'https://buji.example';

function payload(notification: Record<string, unknown>) {
  return JSON.stringify({ web_push: 8030, notification });
}

const words: Words = { locale: 'en', timeZone: 'UTC', now: 0, find: (key) => findMessage('en', key) };
const news = (kind: string, circle: string | null) =>
  payload({ title: 'x', navigate: `${ORIGIN}/answer/1/2`, data: { kind, circle } });

describe('readAlert', () => {
  it('shows what the service sent', () => {
    const text = payload({
      title: 'Mum needs help',
      body: 'At 14:05',
      navigate: `${ORIGIN}/circles/1`,
      lang: 'en',
      dir: 'ltr',
      tag: 'c1',
      silent: false,
    });
    expect(readAlert(text, ORIGIN, null, 2)).toMatchObject({
      title: 'Mum needs help',
      options: { body: 'At 14:05', lang: 'en', tag: 'c1', renotify: true, data: { navigate: `${ORIGIN}/circles/1` } },
    });
  });

  it.each(['', 'not json', 'null', '7', '{}', payload({}), payload({ title: '' })])('has something to show for %j', (text) => {
    expect(readAlert(text, ORIGIN, null, 2)).toMatchObject({ title: 'Buji', options: { data: { navigate: `${ORIGIN}/` } } });
  });

  it('says in the reader’s words that there is news where the push itself cannot be read, on every phone', () => {
    for (const answersMax of [0, 2])
      expect(readAlert('not json', ORIGIN, words, answersMax)).toMatchObject({
        title: 'Buji',
        options: { body: 'There is news. Open Buji to see it.', lang: 'en' },
      });
  });

  it.each(['https://evil.example/', 'javascript:alert(1)', '//evil.example/x', undefined])('never leads to %j', (navigate) => {
    expect(readAlert(payload({ title: 'x', navigate }), ORIGIN, null, 2).options.data.navigate).toBe(`${ORIGIN}/`);
  });

  it('leads where it should on a phone that has no `URL.canParse` (Safari 16, Chrome 119)', () => {
    vi.spyOn(URL, 'canParse').mockImplementation(() => {
      throw new TypeError('URL.canParse is not a function');
    });
    const navigate = `${ORIGIN}/answer/1`;
    expect(readAlert(payload({ title: 'x', navigate }), ORIGIN, null, 2)).toMatchObject({
      title: 'x',
      options: { data: { navigate } },
    });
    vi.restoreAllMocks();
  });

  it('has something to show whatever goes wrong: three pushes without a notification, and iOS takes the permission away', () => {
    const noWords = { ...words, find: () => JSON.parse('no words') };
    const plain = { title: 'Buji', options: { data: { navigate: `${ORIGIN}/` } } };
    expect(readAlert(news('help', '1'), ORIGIN, noWords, 2)).toMatchObject(plain);
  });

  it('asks for no new sound where nothing is replaced: the Notifications API refuses renotify without a tag', () => {
    expect(readAlert(payload({ title: 'x' }), ORIGIN, null, 2).options).toMatchObject({ renotify: false });
  });

  it.each(['help', 'digest'])('offers two answers on %s, and a tap beside them opens the board', (kind) => {
    const { options } = readAlert(news(kind, '1'), ORIGIN, words, 2);
    expect(options).toMatchObject({
      actions: [
        { action: 'ok', title: 'I am OK' },
        { action: 'help', title: 'I need help' },
      ],
      data: { navigate: `${ORIGIN}/circles/1`, answer: `${ORIGIN}/answer/1/2` },
    });
    expect(readAlert(news(kind, null), ORIGIN, words, 2).options.data.navigate).toBe(`${ORIGIN}/answer/1/2`);
  });

  it.each([
    [words, 0],
    [words, 1],
    [null, 2],
  ])('leads to the page that asks where the browser shows no answers, or there are no words for them', (known, answersMax) => {
    const { options } = readAlert(news('help', '1'), ORIGIN, known, answersMax);
    expect(options).not.toHaveProperty('actions');
    expect(options.data.navigate).toBe(`${ORIGIN}/answer/1/2`);
  });

  it.each(['test', 'device', 'withdrawn'])('offers none on %s', (kind) => {
    expect(readAlert(news(kind, '1'), ORIGIN, words, 2).options).not.toHaveProperty('actions');
  });

  it.each([
    [3, 3],
    [undefined, undefined],
    ['3', undefined],
    [1.5, undefined],
  ])('takes the number for the icon from %j as %j', (badge, expected) => {
    const text = JSON.stringify({ notification: { title: 'x' }, app_badge: badge });
    expect(readAlert(text, ORIGIN, null, 2).badge).toBe(expected);
  });
});

describe('isForSameReader', () => {
  const kept = { locale: 'ja-easy', country: 'JP' } as const;

  it.each([
    ['ja', 'JP', true],
    ['en', 'JP', false],
    ['ja', 'KR', false],
    ['ja', undefined, true],
    [undefined, undefined, true],
  ])('compares the language %s and the country %s with those of what is kept', (lang, country, expected) => {
    expect(isForSameReader(payload({ title: 'x', lang, data: { kind: 'test', country } }), kept)).toBe(expected);
  });

  it('holds for a push that says nothing of its reader', () => {
    for (const text of ['', 'null', payload({ title: 'x' })]) expect(isForSameReader(text, kept), text).toBe(true);
  });

  it('does not hold for what was kept before pages said whose numbers they have', () => {
    const push = payload({ title: 'x', lang: 'ja', data: { kind: 'test', country: 'JP' } });
    expect(isForSameReader(push, { locale: 'ja' })).toBe(false);
  });
});

describe('readPush', () => {
  it('reads the text of a push, and of one that carries none', () => {
    expect(readPush({ data: { text: () => 'text' } })).toBe('text');
    expect(readPush({ data: null })).toBe('');
  });

  it('puts a declarative message together again, of which the browser hands over the notification only', () => {
    const notification = {
      title: 'x',
      body: 'y',
      lang: 'ja',
      tag: 'c',
      navigate: `${ORIGIN}/answer/1`,
      data: { kind: 'help' as const, country: 'JP', circle: '1', statuses: ['a'] },
    };
    const text = readPush({ data: null, notification, appBadge: 2 });
    expect(JSON.parse(text)).toEqual({ notification, app_badge: 2 });
    expect(readAlert(text, ORIGIN, null, 2)).toMatchObject({
      title: 'x',
      badge: 2,
      options: { body: 'y', tag: 'c', data: { navigate: `${ORIGIN}/answer/1` } },
    });
  });
});
