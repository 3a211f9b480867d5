import { renderToString } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import { LOCALES } from '../contract/people.ts';
import { CONDITIONS } from '../contract/statuses.ts';
import type { MessageKey } from '../i18n/catalogue.ts';
import { findMessage } from '../i18n/translate.ts';
import { BOARD, LAST, row } from '../testing/sample-board.ts';
import { OutboxView } from './browser/outbox-view.tsx';
import { WaitingForSignIn } from './browser/show-waiting.tsx';
import { ChangeTeller } from './browser/tell-changes.ts';
import { BROWSER_MESSAGES, type PageKind } from './browser-messages.ts';
import { BoardView } from './parts/board-view.tsx';
import { CallRescuers } from './parts/call-rescuers.tsx';
import { makeEntry, type OutboxEntry } from './phone/outbox-entry.ts';
import { say, type Words } from './words.tsx';

/** Words as the browser has them: a key that did not come with the page is a mistake. */
function wordsOf(kind: PageKind): Words {
  const keys: readonly MessageKey[] = BROWSER_MESSAGES[kind];
  const find = (key: MessageKey) => {
    if (!keys.includes(key)) throw new Error(`${key} does not come with a page of the kind ${kind}`);
    return findMessage('en', key);
  };
  return { locale: 'en', timeZone: 'UTC', now: Date.parse(LAST.writtenAt), find };
}

describe('BROWSER_MESSAGES', () => {
  it('holds all that a board can say', () => {
    const members = [
      ...CONDITIONS.map((condition) => row(condition, condition)),
      row('old', 'ok', '2026-03-01T00:00:00.000Z'),
      row('never'),
    ];
    for (const state of ['still', 'live', 'apart', 'lost', 'offline', 'gone'] as const) {
      for (const board of [BOARD, { ...BOARD, members }]) {
        const view = (
          <BoardView
            words={wordsOf('board')}
            board={board}
            viewerId={state === 'live' ? 'never' : 'ok'}
            connection={{ state, lagSeconds: 9 }}
            asOf={LAST.writtenAt}
            takenBack={new Map(board.members.map(({ status }, index) => [status?.id ?? '', index % 2 === 0]))}
          />
        );
        expect(renderToString(view)).toContain('class="board-state"');
      }
    }
    for (const key of ['outbox.saved', 'outbox.sent'] as const)
      expect(say(wordsOf('board'), key, { time: '14:05' })).toContain('14:05');
    for (const condition of CONDITIONS) {
      const words = wordsOf('board');
      expect(say(words, 'board.news', { name: 'Mum', condition: say(words, `condition.${condition}`) })).toContain('Mum');
    }
  });

  it('holds all that the outbox can say, on every page that has a place for it', () => {
    const entry = makeEntry('id', 'me', { condition: 'ok' }, 0);
    const refused = ['no-circle', 'not-found', 'invalid-request', 'id-taken', 'too-large'].map((code) => ({
      ...entry,
      state: 'refused' as const,
      code,
    }));
    const entries = [
      entry,
      { ...entry, attempts: 2 },
      { ...entry, state: 'sent' as const },
      { ...entry, state: 'sign-in' as const },
      { ...entry, state: 'retracting' as const },
      { ...entry, state: 'retracting' as const, needsSignIn: true },
      ...refused,
    ];
    for (const last of [LAST, { ...LAST, delivery: { boards: 0, alerted: 0, reached: 0, seen: 0 } }]) {
      for (const isSentWhenClosed of [true, false]) {
        const view = {
          words: wordsOf('plain'),
          known: new Map([['id', last]]),
          isSentWhenClosed,
          onDrop: () => undefined,
        };
        expect(renderToString(<OutboxView {...view} entries={entries} isOnline />)).toContain('data-entry');
        expect(renderToString(<CallRescuers words={view.words} call="119" />)).toContain('119');
      }
    }
  });

  it.each<PageKind>(['nobody', 'offline'])('holds all that is said of what waits where nobody is known (%s)', (kind) => {
    const words = wordsOf(kind);
    expect(renderToString(<WaitingForSignIn words={words} count={1} isHere={false} />)).toContain('Sign in with a code');
  });

  it.each<PageKind>(['plain', 'alerts', 'invite', 'offline'])('holds all that is read out of it (%s)', (kind) => {
    const keys: readonly MessageKey[] = BROWSER_MESSAGES[kind];
    // As the browser has them.
    const words: Words = { ...wordsOf(kind), find: (key) => (keys.includes(key) ? findMessage('en', key) : key) };
    const entry = makeEntry('id', 'me', { condition: 'ok' }, 0);
    const codes = ['no-circle', 'not-found', 'invalid-request', 'id-taken', 'foreign-origin', 'too-large'];
    const changes: Partial<OutboxEntry>[] = [
      { attempts: 1 },
      { state: 'sign-in' },
      { state: 'retracting' },
      { state: 'retracting', needsSignIn: true },
      ...codes.map((code) => ({ state: 'refused' as const, code })),
    ];
    const texts = changes.flatMap((change) =>
      [true, false].map((isSentWhenClosed) => {
        const teller = new ChangeTeller();
        teller.tell(words, [entry], isSentWhenClosed);
        return teller.tell(words, [{ ...entry, ...change }], isSentWhenClosed).join();
      }),
    );
    for (const text of texts) expect(text).not.toMatch(/\b(condition|outbox|error|unsent)\.[a-z]/);
    // Each in words of its own, but for those that are the same open and closed.
    expect(new Set(texts).size).toBe(changes.length + 1);
  });

  // A board brings its rows along, so its texts have to be the fewest.
  it('is small: what comes with a page weighs little in any language', () => {
    for (const locale of LOCALES) {
      for (const [kind, keys] of Object.entries<readonly MessageKey[]>(BROWSER_MESSAGES)) {
        const text = JSON.stringify(Object.fromEntries(keys.map((key) => [key, findMessage(locale, key)])));
        expect(Buffer.byteLength(text), `${kind} ${locale}`).toBeLessThan(kind === 'board' ? 3_000 : 5_800);
      }
    }
  });
});
