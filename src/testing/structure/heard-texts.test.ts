import { expect, it } from 'vitest';
import { readSourceTree, withoutComments } from './source-tree.ts';

/** Of what is announced, or names what has no words on the page, the readings of Easy Japanese would be heard as second words. */
const READ_TWICE = /\bannounce\([^;]*[^\w.]say\(|\baria-label=\{[^}]*\bsay\(/;

it('what is only heard is said by `sayAloud`', () => {
  const app = readSourceTree().filter(({ path }) => path.startsWith('src/app/') && !/\.test\.tsx?$/.test(path));
  expect(app.filter(({ text }) => READ_TWICE.test(withoutComments(text))).map(({ path }) => path)).toEqual([]);
});

it('a text that would be read twice is found', () => {
  expect(READ_TWICE.test("announce(document, condition + say(words, 'board.gone'));")).toBe(true);
  expect(READ_TWICE.test("<nav aria-label={say(words, 'nav.main')}>")).toBe(true);
  expect(READ_TWICE.test("announce(document, sayAloud(words, 'board.gone')); say(words, 'board.gone');")).toBe(false);
});
