import { describe, expect, it } from 'vitest';
import { importsOf, readSourceTree } from './source-tree.ts';

const importsIn = (...lines: string[]) => importsOf({ path: 'src/live/hub.ts', text: lines.join('\n') });

describe('importsOf', () => {
  it('finds every form of import', () => {
    const found = importsIn(
      `import './side-effect.ts';`,
      `import one from "./one.ts";`,
      `import { a, type B, c as d } from '../store/two.ts';`,
      `import type { E } from '../platform/three.ts';`,
      'import {',
      '  f,',
      '  g,',
      `} from './four.ts';`,
      `export * from './five.ts';`,
      `export * as six from './six.ts';`,
      `export { h } from './seven.ts';`,
      `import * as eight from './eight.ts';`,
      `import lua from '../store/lua/nine.lua?raw';`,
      `const ten = await import('./ten.ts');`,
      `import first, { second } from './eleven.ts';`,
    );
    expect(found.filter((entry) => entry.isTypeOnly)).toEqual([{ target: 'src/platform/three.ts', isTypeOnly: true }]);
    expect(found.map((entry) => entry.target)).toEqual([
      'src/live/side-effect.ts',
      'src/live/one.ts',
      'src/store/two.ts',
      'src/platform/three.ts',
      'src/live/four.ts',
      'src/live/five.ts',
      'src/live/six.ts',
      'src/live/seven.ts',
      'src/live/eight.ts',
      'src/store/lua/nine.lua',
      'src/live/eleven.ts',
      'src/live/ten.ts',
    ]);
  });

  it('leaves out packages, comments and text that only looks like an import', () => {
    const found = importsIn(
      `import { z } from 'zod';`,
      `// import one from './one.ts';`,
      `/* import two from './two.ts'; */`,
      `const text = "import three from './three.ts'";`,
      `const pattern = 'src/**'; // await import('./four.ts')`,
      `export const five = './five.ts';`,
    );
    expect(found).toEqual([]);
  });

  it('does not let a glob in a string hide what follows', () => {
    expect(importsIn(`const glob = 'src/**';`, `import x from './x.ts';`, `const end = '*/';`)).toHaveLength(1);
  });
});

describe('readSourceTree', () => {
  it('reads this project', () => {
    const paths = readSourceTree().map((file) => file.path);
    expect(paths).toContain('src/config.ts');
    expect(paths).toContain('src/store/lua/publish-statuses.lua');
    expect(paths.some((path) => path.startsWith('deploy/'))).toBe(true);
  });
});
