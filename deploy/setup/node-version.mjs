import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { fromRoot } from './root.mjs';
import { SetupError, say } from './say.mjs';

const binary = fromRoot('node_modules/node/bin/node');
const link = fromRoot('node_modules/.bin/node');
/** `engines` in package.json says the same. */
const oldest = [20, 19];
/** From here on Node runs TypeScript as it is written. */
const oldestForTypeScript = '22.18';

/**
 * Comes before all else: under an outdated Node npm leaves out the native parts of packages that do not support it.
 * @throws {SetupError} if this Node is too old.
 */
export function checkNodeVersion() {
  const version = process.versions.node;
  const [major, minor] = version.split('.').map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return;
  throw new SetupError(`Node ${version} is too old: install Node ${oldest.join('.')} or newer from nodejs.org`);
}

/**
 * Which Node the npm scripts run on. npm puts node_modules/.bin first on their PATH, so that is the one from the npm package
 * `node`, if it runs here. Where it does not (its install script was blocked, a library is missing, another libc), its link is
 * taken away, so that the scripts find the system's Node.
 */
export const nodeStep = {
  isDone: () => binaryRuns() === isLinked(),
  run() {
    rmSync(link, { force: true });
    if (binaryRuns()) symlinkSync('../node/bin/node', link);
    else say(`going on with Node ${process.versions.node}: the one from npm does not run here${whyNot()}`);
  },
};

/**
 * For commands that are TypeScript which nobody builds. It asks the Node that the command will get, for `nodeStep` may just have
 * put another one on the PATH than the one that runs this; and it asks what that can do, for its version does not tell.
 */
export const typeScriptStep = {
  isDone: () => /^(strip|transform)$/.test(askNode('process.features.typescript')),
  run() {
    const version = askNode('process.versions.node');
    throw new SetupError(
      `this command is TypeScript, which Node ${version} does not run: install Node ${oldestForTypeScript} or newer from nodejs.org`,
    );
  },
};

function askNode(expression) {
  return spawnSync('node', ['-p', expression], { encoding: 'utf8' }).stdout?.trim();
}

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
