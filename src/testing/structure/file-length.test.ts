import { describe, expect, it } from 'vitest';
import { findLongFiles } from './file-length.ts';
import { readSourceTree } from './source-tree.ts';

describe('file length', () => {
  it('is kept in this project', () => {
    expect(findLongFiles(readSourceTree())).toEqual([]);
  });

  it('allows 300 lines and not one more, in every language', () => {
    const lines = (count: number) => 'line\n'.repeat(count);
    expect(findLongFiles([{ path: 'src/a.ts', text: lines(300) }])).toEqual([]);
    expect(findLongFiles([{ path: 'src/store/lua/a.lua', text: lines(301) }])).toEqual([
      'src/store/lua/a.lua has 301 lines: split it by idea, 300 are the most',
    ]);
    expect(findLongFiles([{ path: 'src/a.css', text: lines(301).trimEnd() }])).toHaveLength(1);
  });
});
