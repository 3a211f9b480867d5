import { renderToString } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import type { BoardRow } from '../../contract/circles.ts';
import { findMessage } from '../../i18n/translate.ts';
import { BOARD, row } from '../../testing/sample-board.ts';
import type { Words } from '../words.tsx';
import { BoardView } from './board-view.tsx';

const NOW = Date.parse('2026-03-11T05:46:18.000Z');
const words: Words = { locale: 'en', timeZone: 'Asia/Tokyo', now: NOW, find: (key) => findMessage('en', key) };

function show(members: BoardRow[], viewerId = 'me', circle = BOARD.circle) {
  const board = { ...BOARD, circle, members };
  return renderToString(
    <BoardView words={words} board={board} viewerId={viewerId} connection={{ state: 'live' }} asOf={BOARD.since} />,
  );
}

describe('BoardView', () => {
  it('never shows an old OK in green: it is silence, with its date', () => {
    const html = show([row('Mum', 'ok', '2026-03-09T00:00:00.000Z')]);
    expect(html).toContain('class="row silent"');
    expect(html).toContain('class="badge stale"');
    expect(html).toContain('Last word, 9 Mar, 09:00:');
    expect(html).not.toMatch(/class="(badge|row) ok"/);
  });

  it('counts first, and then shows whoever may need somebody before whoever is well, the longest silence on top', () => {
    const rows = [
      row('ok', 'ok'),
      row('evacuated', 'evacuated'),
      row('long silent', 'ok', '2026-03-01T00:00:00.000Z'),
      row('silent', 'ok', '2026-03-08T00:00:00.000Z'),
      row('hurt', 'hurt'),
      row('help', 'help'),
    ];
    const html = show(rows);
    expect(html.indexOf('class="counts"')).toBeLessThan(html.indexOf('class="rows"'));
    const names = [...html.matchAll(/\/members\/([^"]*)"/g)].map(([, name]) => name);
    expect(names).toEqual(['help', 'hurt', 'long silent', 'silent', 'evacuated', 'ok']);
  });

  it('says who has not answered in words that accuse nobody', () => {
    const html = show([row('Mum')]);
    expect(html).toContain('No answer yet');
    expect(html).toContain('Nothing sent so far');
  });

  it('tells written from arrived where they differ', () => {
    const mum = row('Mum', 'ok', '2026-03-11T05:00:00.000Z');
    if (!mum.status) throw new Error('a row with a condition has a status');
    const late = { ...mum, status: { ...mum.status, acceptedAt: '2026-03-11T05:40:00.000Z' } };
    expect(show([late])).toContain('written 14:00, arrived 14:40');
    expect(show([mum])).not.toContain('arrived');
  });

  it('lets its reader take back what is their own, and nothing else', () => {
    expect(show([row('me', 'help'), row('Mum', 'help')]).match(/\/retract"/g)).toHaveLength(1);
  });

  it('says of what is taken back on this phone how far that is, instead of offering it again', () => {
    const mine = row('me', 'help');
    const show = (needsSignIn: boolean) => {
      const board = { ...BOARD, members: [mine] };
      const takenBack = new Map([[mine.status?.id ?? '', needsSignIn]]);
      const props = { words, board, takenBack, viewerId: 'me', asOf: BOARD.since };
      return renderToString(<BoardView {...props} connection={{ state: 'live' }} />);
    };
    for (const needsSignIn of [true, false]) expect(show(needsSignIn)).not.toContain('/retract"');
    expect(show(false)).toContain('as soon as there is a connection');
    expect(show(true)).toContain('the others may still see it');
    expect(show(true)).toContain('href="/recover"');
  });

  it('asks its reader first, as long as they have not answered and where they may', () => {
    const first = /<a class="button" href="\/">Tell them how you are<\/a><section/;
    expect(show([row('me'), row('Mum', 'ok')])).toMatch(first);
    expect(show([row('me', 'ok', '2026-03-09T00:00:00.000Z')])).toMatch(first);
    for (const html of [show([row('me', 'hurt'), row('Mum')]), show([row('me')], 'me', { ...BOARD.circle, kind: 'official' })]) {
      expect(html).not.toContain('Tell them how you are');
    }
  });

  it('shows nothing of a circle any more in which its reader no longer is, but its name', () => {
    const board = { ...BOARD, members: [row('Mum', 'help'), row('me', 'ok')] };
    const gone = { state: 'gone' } as const;
    const html = renderToString(<BoardView words={words} board={board} viewerId="me" connection={gone} asOf={BOARD.since} />);
    expect(html.replaceAll(/<[^>]*>/g, '')).toBe(`${BOARD.circle.name}You are no longer in this circle.`);
  });

  it('says nowhere that all are well', () => {
    expect(show([row('me', 'ok'), row('Mum', 'ok')])).not.toMatch(/\ball\b|everyone|everybody/i);
  });
});
