import { expect, it } from 'vitest';
import { readSourceTree, withoutComments } from './source-tree.ts';

/** A form that could forget to say whose page it stands on would do to one person what was meant for another. */
it('every form of the phone app is the one that says whose page it stands on', () => {
  const app = readSourceTree().filter(({ path }) => path.startsWith('src/app/') && path.endsWith('.tsx'));
  const written = app.filter(({ path, text }) => !path.endsWith('.test.tsx') && withoutComments(text).includes('<form'));
  expect(written.map(({ path }) => path)).toEqual(['src/app/parts/form.tsx']);
});
