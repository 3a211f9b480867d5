import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { makeTempDir } from './temp-dir.ts';

let made: string;

it('makes a directory for the test that asks', () => {
  made = makeTempDir();
  writeFileSync(join(made, 'file'), 'text');
  expect(makeTempDir()).not.toBe(made);
});

afterAll(() => {
  expect(existsSync(made)).toBe(false);
});
