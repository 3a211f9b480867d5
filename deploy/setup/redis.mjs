import { spawnSync } from 'node:child_process';
import { findOnPath } from './on-path.mjs';
import { aptInstall } from './packages.mjs';
import { SetupError } from './say.mjs';

/**
 * A Redis or Valkey server for the private Redis of `src/platform/embedded-redis.ts`, which finds it the same way.
 *
 * On Debian the package `redis-tools` already holds the server: one binary is redis-check-rdb, redis-check-aof and
 * redis-server, whichever name it is started by, and the package `redis-server` adds only a link and a system service. So
 * `redis-tools` is all we install, and nothing can start or enable a Redis on port 6379.
 */
export const redisStep = {
  isDone: () => Boolean(findOnPath('redis-server', 'valkey-server')) || isServerByAnotherName(findOnPath('redis-check-rdb')),
  async run() {
    await aptInstall(['redis-tools'], 'Redis is');
    if (!this.isDone()) throw new SetupError(`no redis-server or valkey-server on the PATH; type: ${whatToType()}`);
  },
};

function isServerByAnotherName(path) {
  if (!path) return false;
  const version = spawnSync(path, ['--version'], { argv0: 'redis-server', encoding: 'utf8' });
  return version.status === 0 && /^Redis server/.test(version.stdout);
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
