import { describe, expect, it } from 'vitest';
import { markCopy, putBoard, readPerson } from './kept-page.ts';

const page = (data: object, board = '<div class="a"><div>old</div></div>') =>
  `<html><body class="x"><main><div id="board">${board}</div><div class="actions">Answer</div></main>` +
  `<script type="application/json" id="page-data">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script></body></html>`;

describe('readPerson', () => {
  it('tells whom a page is for, nobody, and what cannot be told apart', () => {
    expect(readPerson(page({ person: 'me' }))).toBe('me');
    expect(readPerson(page({ person: null }))).toBeNull();
    expect(readPerson(page({}))).toBeUndefined();
    expect(readPerson('<html>')).toBeUndefined();
    expect(readPerson('<script id="page-data">no json')).toBeUndefined();
  });

  it('is not misled by what people write', () => {
    expect(readPerson(page({ note: '","person":"you"', person: 'me' }, '&lt;script id="page-data">{"person":"you"}'))).toBe('me');
  });
});

describe('markCopy', () => {
  it('marks the body once and changes nothing else', () => {
    expect(markCopy(page({}))).toBe(page({}).replace('<body class', '<body data-copy class'));
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
