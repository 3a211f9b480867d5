import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Kept out of git, and out of the way of other programs' k6. */
const binFolder = fileURLToPath(new URL('../../.cache/k6/bin', import.meta.url));

/**
 * The k6 on PATH if it runs TypeScript, else our own, installed with Go when it is missing.
 * @throws {Error} one line that says what to type.
 */
export function findK6() {
  if (isNewEnough('k6')) return 'k6';
  const own = `${binFolder}/k6`;
  if (existsSync(own)) return own;
  if (spawnSync('go', ['version']).status !== 0) {
    throw new Error('k6 is missing; install k6 1.0 or newer (grafana.com/docs/k6), or Go, with which this command installs k6');
  }
  console.log('buji: k6 is missing: installing it with go install, which takes a few minutes the first time');
  const install = spawnSync('go', ['install', 'go.k6.io/k6/v2@latest'], {
    env: { ...process.env, GOBIN: binFolder, CGO_ENABLED: '0' },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (install.status === 0 && existsSync(own)) return own;
  const output = install.stderr?.trimEnd().split('\n').slice(-10).join('\n');
  throw new Error(`${output}\nbuji: could not install k6; type: GOBIN=${binFolder} go install go.k6.io/k6/v2@latest`);
}

/** Version 1.0 was the first to run TypeScript without a flag. */
function isNewEnough(command) {
  const { stdout } = spawnSync(command, ['version'], { encoding: 'utf8' });
  return /k6(\.exe)? v[1-9]/.test(stdout ?? '');
}
