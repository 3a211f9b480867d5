import { spawnSync } from 'node:child_process';
import { findOnPath } from './on-path.mjs';
import { aptInstall } from './packages.mjs';
import { SetupError } from './say.mjs';

const oldestVersion = [6, 2];
const candidates = [
  { command: 'redis-server', argv0: 'redis-server' },
  { command: 'valkey-server', argv0: 'valkey-server' },
  { command: 'redis-check-rdb', argv0: 'redis-server' },
];

/**
 * A Redis or Valkey server for the private Redis. Found by the very rule of `findRedisServer` in `src/platform/redis-server.ts`, which
 * cannot be imported: it is TypeScript, and this runs before anything is built. Whoever changes one changes the other.
 *
 * On Debian the package `redis-tools` already holds the server: one binary is redis-check-rdb, redis-check-aof and
 * redis-server, whichever name it is started by, and the package `redis-server` adds only a link and a system service. So
 * `redis-tools` is all we install, and nothing can start or enable a Redis on port 6379.
 */
export const redisStep = {
  isDone: () => candidates.some(isRecentServer),
  async run() {
    await aptInstall(['redis-tools'], 'Redis is');
    if (!this.isDone())
      throw new SetupError(`no Redis ${oldestVersion.join('.')} or newer and no Valkey on the PATH; type: ${whatToType()}`);
  },
};

/** A server of this name on PATH that is new enough for our scripts and for BullMQ. */
function isRecentServer({ command, argv0 }) {
  const { stdout } = spawnSync(command, ['--version'], { argv0, encoding: 'utf8', timeout: 5_000 });
  const [, major = 0, minor = 0] = /server v=(\d+)\.(\d+)/.exec(stdout ?? '')?.map(Number) ?? [];
  return major > oldestVersion[0] || (major === oldestVersion[0] && minor >= oldestVersion[1]);
}

function whatToType() {
  if (process.platform === 'darwin') return 'brew install redis';
  if (findOnPath('apt-get')) return 'apt-get install redis-server';
  if (findOnPath('dnf')) return 'sudo dnf install valkey';
  if (findOnPath('apk')) return 'apk add redis';
  if (findOnPath('pacman')) return 'sudo pacman -S valkey';
  if (findOnPath('zypper')) return 'sudo zypper install redis';
  return 'REDIS_URL=redis://… npm start, or install Redis 6.2 or newer';
}
