import { describe, expect, it } from 'vitest';
import { createPageWorld, ID } from '../../testing/page-world.ts';
import { markCopy, markUnanswered, putBoard, readPageData, readParts } from './kept-page.ts';

const page = (data: object, board = '<div class="a"><div>old</div></div>') =>
  `<html><body class="x"><main><div id="board">${board}</div><div class="actions">Answer</div></main>` +
  `<script type="application/json" id="page-data">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script></body></html>`;

/** A board as the service writes it. */
async function realBoard(): Promise<string> {
  const world = await createPageWorld();
  const { text } = await world.get(`/circles/${ID.circle}`);
  await world.app.close();
  return text;
}

describe('a page as the service writes it', () => {
  it('is read, marked and given a newer board', async () => {
    const html = await realBoard();
    expect(readPageData(html)).toMatchObject({ person: ID.me, board: { circle: { id: ID.circle } } });
    expect(html).toMatch(/<p id="offline-copy" class="banner" hidden>As of .*\d\d:\d\d/);
    expect(markCopy(html)).toMatch(/<body data-copy>.*<p id="offline-copy" class="banner">As of .*\d\d:\d\d/s);
    const newer = putBoard(html, { path: '/', person: ID.me, board: '<p>newer</p>', data: '{"person":"x"}' }) ?? '';
    expect(newer).toContain('<div id="board"><p>newer</p></div><div class="actions">');
    expect(readPageData(newer)).toEqual({ person: 'x' });
  });
});

describe('readPageData', () => {
  it('tells what there is, and what cannot be told', () => {
    expect(readPageData(page({ person: 'me' }))).toEqual({ person: 'me' });
    expect(readPageData('<html>')).toBeNull();
    expect(readPageData('<script id="page-data">no json')).toBeNull();
  });

  it('is not misled by what people write', () => {
    const written = '&lt;script id="page-data">{"person":"you"}';
    expect(readPageData(page({ note: '","person":"you"', person: 'me' }, written))?.person).toBe('me');
  });
});

describe('markCopy', () => {
  it('marks the body once and changes nothing else', () => {
    expect(markCopy(page({}))).toBe(page({}).replace('<body class', '<body data-copy class'));
  });
});

describe('markUnanswered', () => {
  it('has the page for no connection say that a form got no answer and may have been done, and nothing of a page', async () => {
    const world = await createPageWorld();
    const { text } = await world.get('/offline');
    await world.app.close();
    /** What is shown, without and with the mark. */
    const read = (html: string) =>
      html
        .replace(/<(\w+)[^>]* hidden[^>]*>.*?<\/\1>/gs, '')
        .match(
          /This page is not saved|No answer came\. It may or may not have been done\. Go back, look first, then try again\./g,
        );
    expect(read(text)).toEqual(['This page is not saved']);
    expect(read(markUnanswered(text))).toEqual([
      'No answer came. It may or may not have been done. Go back, look first, then try again.',
    ]);
  });
});

describe('putBoard', () => {
  const shown = { path: '/circles/1', person: 'me', board: '<ul><li>new</li></ul>', data: '{"note":"</script>$1"}' };

  it('replaces the board and the data, and leaves what stands around them', () => {
    const html = putBoard(page({ person: 'me' }), shown);
    expect(html).toBe(page({ note: '</script>$1' }, shown.board));
  });

  it.each(['<html>', page({}).replace('id="board"', ''), page({}).replace('page-data', ''), '<div id="board"><div>'])(
    'leaves a page alone that is none of a board',
    (html) => {
      expect(putBoard(html, shown)).toBeNull();
    },
  );
});

it('names what a page loads, and not where it leads', () => {
  const html =
    '<link href="/assets/app-1.css"><script src="/assets/app-2.js"></script><link href="/icon.svg"><a href="/circles">';
  expect(readParts(html)).toEqual(['/assets/app-1.css', '/assets/app-2.js', '/icon.svg']);
});
