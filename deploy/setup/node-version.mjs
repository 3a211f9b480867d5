import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { fromRoot } from './root.mjs';
import { SetupError, say } from './say.mjs';

const binary = fromRoot('node_modules/node/bin/node');
const link = fromRoot('node_modules/.bin/node');
/** `engines` in package.json says the same. */
const oldest = [20, 19];

/**
 * Which Node the npm scripts run on. npm puts node_modules/.bin first on their PATH, so that is the one from the npm package
 * `node`, if it runs here. Where it does not (its install script was blocked, a library is missing, another libc), its link is
 * taken away, so that the scripts find the system's Node, which must then be new enough.
 */
export const nodeStep = {
  isDone: () => (binaryRuns() ? isLinked() : !isLinked() && isNewEnough()),
  async run() {
    rmSync(link, { force: true });
    if (binaryRuns()) return symlinkSync('../node/bin/node', link);
    const version = process.versions.node;
    if (!isNewEnough())
      throw new SetupError(`Node ${version} is too old: install Node ${oldest.join('.')} or newer from nodejs.org`);
    say(`going on with Node ${version}: the one from npm does not run here${whyNot()}`);
  },
};

function binaryRuns() {
  if (!existsSync(binary)) return false;
  return realpathSync(binary) === process.execPath || spawnSync(binary, ['--version']).status === 0;
}

function whyNot() {
  const [firstLine] = spawnSync(binary, ['--version'], { encoding: 'utf8' }).stderr?.trim().split('\n') ?? [];
  return firstLine ? ` (${firstLine.replace(`${binary}: `, '')})` : '';
}

function isLinked() {
  return lstatSync(link, { throwIfNoEntry: false }) !== undefined;
}

function isNewEnough() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
}
