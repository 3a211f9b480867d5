import { describe, expect, it } from 'vitest';
import { readSourceTree } from './source-tree.ts';
import { findScatteredTexts } from './text-files.ts';

describe('the files of texts', () => {
  it('have each prefix of their keys in one place', () => {
    expect(findScatteredTexts(readSourceTree())).toEqual([]);
  });

  const file = (path: string, ...keys: string[]) => ({
    path: `src/i18n/messages/${path}.ts`,
    text: `export const x = {\n${keys.map((key) => `  '${key}': 'text',\n`).join('')}} as const;\n`,
  });

  it('may hold several prefixes, and not one of another file, in whatever language', () => {
    const together = [
      file('en/home', 'home.title', 'outbox.sent'),
      file('ja/home', 'home.title'),
      file('en/board', 'board.live'),
    ];
    expect(findScatteredTexts(together)).toEqual([]);
    expect(findScatteredTexts([...together, file('ja/work', 'outbox.sent', 'board-like.x')])).toEqual([
      "'outbox.…' stands in home and work: one prefix, one file",
    ]);
  });
});
