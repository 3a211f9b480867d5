import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { fromRoot } from './root.mjs';
import { run, SetupError, say } from './say.mjs';

const stamp = fromRoot('dist/.built-from');
const inputs = ['package.json', 'package-lock.json', 'tsconfig.json', '.config/vite.config.ts', '.config/previous-release.ts'];

/** What the build makes and the service cannot be without. */
const output = fromRoot('dist/server/main.js');

/**
 * `npm run build` when the sources differ from those of the last build. Compared by content: git sets new times on files that
 * did not change, and old ones on a checkout. The stamp goes before the build and comes back after it, so that a failed or
 * interrupted build never counts; it also names the output by its time, so that it does not vouch for another build.
 */
export const buildStep = {
  isDone: () => existsSync(output) && existsSync(stamp) && readFileSync(stamp, 'utf8') === stampOf(hashSources()),
  async run() {
    say('building (npm run build)');
    rmSync(stamp, { force: true });
    const builtFrom = hashSources(); // before the build: what is edited meanwhile is built the next time
    if (!(await run('npm', ['run', '--silent', 'build']))) {
      throw new SetupError('the build failed as shown above; to see it again, type: npm run build');
    }
    writeFileSync(stamp, stampOf(builtFrom));
  },
};

function stampOf(sourceHash) {
  return `${sourceHash} ${statSync(output).mtimeMs}`;
}

function hashSources() {
  const hash = createHash('sha256');
  for (const file of [...inputs, ...sourcesIn('src')]) {
    if (!existsSync(fromRoot(file))) continue;
    hash.update(`\0${file}\0`).update(readFileSync(fromRoot(file)));
  }
  return hash.digest('hex');
}

/** Tests are not built: to edit one must not cost the next `npm test` a build. */
function sourcesIn(folder) {
  return readdirSync(fromRoot(folder), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (path === 'src/testing' || /\.test\.tsx?$/.test(path)) return [];
      return entry.isDirectory() ? sourcesIn(path) : [path];
    });
}
