import { accessSync, constants, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { fromRoot } from './root.mjs';
import { run, SetupError, say } from './say.mjs';

/**
 * The packages in node_modules, exactly as in package-lock.json. npm ends every complete install by writing what it installed
 * to node_modules/.package-lock.json: that is our stamp, so an install by hand counts and an interrupted one does not.
 */
export const dependenciesStep = {
  isDone() {
    const installed = packagesOf('node_modules/.package-lock.json');
    const locked = packagesOf('package-lock.json');
    if (!installed) return false;
    // Left out are only those for other systems; what was installed is what the lock file says now.
    const isInstalled = ([path, entry]) => (path in installed ? isSame(installed[path], entry) : entry.optional === true);
    return Object.entries(locked).every(isInstalled) && Object.keys(installed).every((path) => path in locked);
  },
  async run() {
    say('installing the npm packages (npm ci)');
    // Engine warnings and deprecations are npm's, not this clone's reader's: only a failure is shown.
    if (await run('npm', ['ci', '--no-audit', '--no-fund', '--include=dev', '--loglevel=error'], { env: npmCache() })) return;
    throw new SetupError('npm ci failed as shown above; when that is mended, type the same command again');
  },
};

/** npm keeps its cache in the home directory. Where there is none to write to (a service's account), it goes beside the clone. */
function npmCache() {
  try {
    accessSync(homedir(), constants.W_OK);
    return {};
  } catch {
    return { npm_config_cache: fromRoot('.cache/npm') };
  }
}

/** Package path → entry, without the project itself, which only the one file lists; undefined where the file is missing. */
function packagesOf(file) {
  try {
    const { '': _self, ...packages } = JSON.parse(readFileSync(fromRoot(file), 'utf8')).packages;
    return packages;
  } catch {
    return undefined;
  }
}

function isSame(a, b) {
  return a.version === b.version && a.integrity === b.integrity;
}
