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
  const bySudo = process.getuid() !== 0;
  if (bySudo && !findOnPath('sudo')) throw new SetupError(`${why} missing; as root, type: apt-get install ${names}`);
  say(`${why} missing: installing ${names}${bySudo ? ' with sudo apt-get' : ''}`);

  const aptGet = await privilegedAptGet(bySudo, names);
  // An update costs seconds and needs every mirror to answer, so only when there are no lists or they are too old to install from.
  const isListed = hasPackageLists();
  if (isListed && (await aptGet(['install', ...packages], { showFailure: false }))) return true;
  say('updating the package lists');
  await aptGet(['update'], { showFailure: false });
  if (await aptGet(['install', ...packages], { showFailure: true })) return true;
  throw new SetupError(
    `could not install ${names}; type: ${bySudo ? 'sudo ' : ''}apt-get update && ${bySudo ? 'sudo ' : ''}apt-get install ${names}`,
  );
}

async function privilegedAptGet(bySudo, names) {
  const options = ['-y', '-q', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=120'];
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  if (!bySudo) return (args, how) => run('apt-get', [...options, ...args], { env, ...how });
  // Without a terminal sudo could only fail or hang on its password prompt.
  const needsPassword = !(await run('sudo', ['-n', 'true'], { showFailure: false }));
  if (needsPassword && !process.stdin.isTTY)
    throw new SetupError(`sudo asks for a password; type: sudo apt-get install ${names}`);
  if (needsPassword && !(await run('sudo', ['-v'], { interactive: true }))) {
    throw new SetupError(`without sudo, ask whoever has root to type: apt-get install ${names}`);
  }
  return (args, how) => run('sudo', ['-n', 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...options, ...args], how);
}

function hasPackageLists() {
  try {
    return readdirSync('/var/lib/apt/lists').some((name) => name.includes('_Packages'));
  } catch {
    return false;
  }
}
