import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Kept out of git, and out of the way of other programs' k6. */
const binFolder = fileURLToPath(new URL('../../.cache/k6/bin', import.meta.url));
/**
 * A Go module that requires one version of k6 with its checksums: everybody builds the same. (`go install …@latest` does not
 * work behind a module proxy that keeps no list of the versions of k6's second major.)
 */
const moduleFolder = fileURLToPath(new URL('../k6', import.meta.url));

/**
 * The k6 on PATH if it runs TypeScript, else our own, built with Go when it is missing.
 * @throws {Error} one line that says what to type.
 */
export function findK6() {
  if (isNewEnough('k6')) return 'k6';
  const own = `${binFolder}/k6`;
  if (existsSync(own)) return own;
  if (spawnSync('go', ['version']).status !== 0) {
    throw new Error('k6 is missing; install k6 1.0 or newer (grafana.com/docs/k6), or Go, with which this command installs k6');
  }
  console.log('buji: k6 is missing: building it with Go, which takes a few minutes the first time');
  const build = spawnSync('go', ['build', '-mod=mod', '-o', own, 'go.k6.io/k6/v2'], {
    cwd: moduleFolder,
    env: { ...process.env, CGO_ENABLED: '0' },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (build.status === 0 && existsSync(own)) return own;
  const output = build.stderr?.trimEnd().split('\n').slice(-10).join('\n');
  throw new Error(`${output}\nbuji: could not build k6; type: cd ${moduleFolder} && go build -mod=mod -o ${own} go.k6.io/k6/v2`);
}

/** Version 1.0 was the first to run TypeScript without a flag. */
function isNewEnough(command) {
  const { stdout } = spawnSync(command, ['version'], { encoding: 'utf8' });
  return /k6(\.exe)? v[1-9]/.test(stdout ?? '');
}
