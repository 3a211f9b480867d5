import { readdirSync } from 'node:fs';
import { findOnPath } from './on-path.mjs';
import { run, SetupError, say } from './say.mjs';

/**
 * Installs packages of a Debian-like system, as root or by sudo. Answers false where there is no apt-get; throws the line to
 * type when apt-get cannot do it. Recommended packages are left out: they would bring services and half a desktop.
 */
export async function aptInstall(packages, why) {
  if (!findOnPath('apt-get')) return false;
  const names = packages.join(' ');
  const asRoot = process.getuid() === 0;
  const needsPassword = !asRoot && !(await run('sudo', ['-n', 'true'], { showFailure: false }));
  if (needsPassword && (!findOnPath('sudo') || !process.stdin.isTTY)) {
    throw new SetupError(
      `${why} missing, and only root can install it; type: ${findOnPath('sudo') ? 'sudo ' : ''}apt-get install ${names}`,
    );
  }
  say(`${why} missing: installing ${names}${asRoot ? '' : ' with sudo apt-get'}`);
  if (needsPassword && !(await run('sudo', ['-v'], { interactive: true }))) {
    throw new SetupError(`ask whoever has root on this machine to type: apt-get install ${names}`);
  }

  // An update costs seconds and needs every mirror to answer, so only when there are no lists or they are too old to install from.
  const aptGet = asRoot ? aptGetAsRoot : aptGetWithSudo;
  if (hasPackageLists() && (await aptGet(['install', ...packages], { showFailure: false }))) return true;
  say('updating the package lists');
  await aptGet(['update'], { showFailure: false });
  if (await aptGet(['install', ...packages], { showFailure: true })) return true;
  const type = asRoot ? 'apt-get' : 'sudo apt-get';
  throw new SetupError(`could not install ${names}; type: ${type} update && ${type} install ${names}`);
}

/** Another apt-get may be at work, an unattended upgrade for one: that is waited for. */
const options = ['-y', '-q', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=120'];
const noQuestions = { DEBIAN_FRONTEND: 'noninteractive' };

function aptGetAsRoot(args, how) {
  return run('apt-get', [...options, ...args], { env: noQuestions, ...how });
}

function aptGetWithSudo(args, how) {
  const variables = Object.entries(noQuestions).map(([name, value]) => `${name}=${value}`);
  return run('sudo', ['-n', 'env', ...variables, 'apt-get', ...options, ...args], how);
}

function hasPackageLists() {
  try {
    return readdirSync('/var/lib/apt/lists').some((name) => name.includes('_Packages'));
  } catch {
    return false;
  }
}
