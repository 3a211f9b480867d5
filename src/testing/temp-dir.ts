import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A new directory outside of the repository, removed when the test that asked for it is over. */
export function makeTempDir(): string {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'buji-')));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}
