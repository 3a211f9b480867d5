import { describe, expect, it } from 'vitest';
import { readSourceTree } from './source-tree.ts';
import { findUntestedFiles } from './untested-files.ts';
import { WITHOUT_TEST_BESIDE } from './without-test-beside.ts';

const tree = (...paths: string[]) => paths.map((path) => ({ path, text: '' }));

describe('a test beside every file', () => {
  it('is there in this project, or the reason why not', () => {
    expect(findUntestedFiles(readSourceTree(), WITHOUT_TEST_BESIDE)).toEqual([]);
  });

  it('is missed where there is none', () => {
    const files = tree(
      'src/live/hub.ts',
      'src/live/connection.ts',
      'src/live/connection.test.ts',
      'src/store/lua/x.lua',
      'load-tests/smoke.ts',
      'deploy/setup.mjs',
    );
    expect(findUntestedFiles(files, {})).toEqual([
      'src/live/hub.ts has no test beside it',
      'src/store/lua/x.lua has no test beside it',
      'load-tests/smoke.ts has no test beside it',
    ]);
  });

  it('may be a .tsx test, and is not asked of declarations', () => {
    expect(findUntestedFiles(tree('src/app/home.tsx', 'src/app/home.test.tsx', 'src/globals.d.ts'), {})).toEqual([]);
  });

  it('is not missed where a reason is given for the file or its folder', () => {
    expect(
      findUntestedFiles(tree('src/store/lua/x.lua', 'src/main.ts'), {
        'src/store/lua/': 'by the stores',
        'src/main.ts': 'wiring',
      }),
    ).toEqual([]);
  });

  it('wants a reason dropped when the file is gone or has its test', () => {
    const found = findUntestedFiles(tree('src/a.ts', 'src/a.test.ts'), {
      'src/a.ts': 'soon',
      'src/gone.ts': 'soon',
      'src/lua/': 'soon',
    });
    expect(found.map((line) => line.split(' ')[0])).toEqual(['src/a.ts', 'src/gone.ts', 'src/lua/']);
  });
});
