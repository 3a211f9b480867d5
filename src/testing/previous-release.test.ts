import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { keepRelease, readRelease } from '../../.config/previous-release.ts';
import { makeTempDir } from './temp-dir.ts';

/** Builds as Vite does: into an emptied directory. */
function build(directory: string, name: string): void {
  const former = readRelease(directory);
  rmSync(directory, { recursive: true, force: true });
  for (const folder of ['assets', '.vite']) mkdirSync(join(directory, folder), { recursive: true });
  for (const file of [`app-${name}.js`, `app-${name}.js.gz`, `app-${name}.css`])
    writeFileSync(join(directory, 'assets', file), name);
  const entry = { file: `assets/app-${name}.js`, css: [`assets/app-${name}.css`] };
  writeFileSync(join(directory, '.vite/manifest.json'), JSON.stringify({ 'main.ts': entry }));
  keepRelease(directory, former);
}

const namesIn = (directory: string) => readdirSync(join(directory, 'assets')).sort();

it('keeps the files of one release before, however often the newest is built', () => {
  const directory = join(makeTempDir(), 'app');
  build(directory, '1');
  expect(namesIn(directory)).toEqual(['app-1.css', 'app-1.js', 'app-1.js.gz']);
  for (const name of ['2', '2', '2']) build(directory, name);
  const both = ['app-1.css', 'app-1.js', 'app-1.js.gz', 'app-2.css', 'app-2.js', 'app-2.js.gz'];
  expect(namesIn(directory)).toEqual(both);
  build(directory, '3');
  expect(namesIn(directory)).toEqual(both.map((name) => name.replace('2', '3').replace('1', '2')));
});
