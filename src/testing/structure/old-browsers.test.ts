import { describe, expect, it } from 'vitest';
import { findTooNew } from './old-browsers.ts';
import { readSourceTree } from './source-tree.ts';

const [page, part] = ['src/app/browser/main.ts', 'src/app/part.ts'];
const imports = `import { x } from '../part.ts';`;

describe('what runs on phones', () => {
  it('calls nothing that an old one lacks', () => {
    expect(findTooNew(readSourceTree())).toEqual([]);
  });

  it.each([
    'URL.canParse(address)',
    'fetch(url, { signal: AbortSignal.timeout(1) })',
    'rows.toSorted()',
    'rows.at(-1)',
    'crypto.randomUUID()',
    '/(?<=a)b/.test(text)',
  ])('is told of %s, also in what it imports', (text) => {
    expect(findTooNew([{ path: page, text }])).toHaveLength(1);
    expect(
      findTooNew([
        { path: page, text: imports },
        { path: part, text },
      ]),
    ).toEqual([expect.stringMatching(/^src\/app\/part\.ts uses /)]);
  });

  it('may import types of what runs elsewhere, and speak of it', () => {
    const typesOnly = imports.replace('import', 'import type');
    expect(
      findTooNew([
        { path: page, text: `${typesOnly} // no URL.canParse here` },
        { path: part, text: 'rows.at(-1)' },
      ]),
    ).toEqual([]);
  });
});
