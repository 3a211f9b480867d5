import { spawnSync } from 'node:child_process';
import { lstatSync, realpathSync, rmSync } from 'node:fs';
import { fromRoot } from './root.mjs';
import { SetupError, say } from './say.mjs';

const link = fromRoot('node_modules/.bin/node');
/** `engines` in package.json says the same. */
const oldest = [20, 19];

/**
 * Which Node the npm scripts will run on. npm puts node_modules/.bin first on their PATH, so that is the one from the npm
 * package `node` if it runs here; if it does not (its install script was blocked, another libc), its link is removed, so that
 * the scripts find the system's Node, which must then be new enough.
 */
export const nodeStep = {
  isDone: () => (isLinked() ? linkRuns() : isNewEnough()),
  async run() {
    if (isLinked()) rmSync(link);
    if (!isNewEnough()) {
      throw new SetupError(
        `Node ${process.versions.node} is too old; install Node ${oldest.join('.')} or newer (26 is best) from nodejs.org`,
      );
    }
    say(`the npm package "node" does not run here, going on with Node ${process.versions.node}`);
  },
};

function isLinked() {
  try {
    return lstatSync(link).isSymbolicLink(); // also when it points nowhere
  } catch {
    return false;
  }
}

function linkRuns() {
  try {
    if (realpathSync(link) === process.execPath) return true; // it runs us
  } catch {
    return false;
  }
  return spawnSync(link, ['--version']).status === 0;
}

function isNewEnough() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
}
