import { type ChildProcess, type SpawnOptions, spawnSync } from 'node:child_process';
import { launch } from './children.ts';

/** A server by the name it must be started by: Debian's redis-check-rdb is the same binary. */
const SERVERS = [
  { command: 'redis-server', argv0: 'redis-server' },
  { command: 'valkey-server', argv0: 'valkey-server' },
  { command: 'redis-check-rdb', argv0: 'redis-server' },
];
/** What every Redis of a load test promises, as the service's own private one does: an answered write is on disk. */
const DURABLE = { save: '', appendonly: 'yes', appendfsync: 'always', 'maxmemory-policy': 'noeviction' };

/** Starts a durable Redis or Valkey with these settings; whether it answers is another question. */
export function launchRedis(settings: Record<string, string>, options: SpawnOptions & { logPath: string }): ChildProcess {
  const server = SERVERS.find(({ command, argv0 }) =>
    spawnSync(command, ['--version'], { argv0, encoding: 'utf8' }).stdout?.includes('server v='),
  );
  if (!server) throw new Error('no Redis and no Valkey on the PATH');
  const args = Object.entries({ ...settings, ...DURABLE }).flatMap(([name, value]) => [`--${name}`, value]);
  return launch(server.command, args, { ...options, argv0: server.argv0, env: { ...process.env, LC_ALL: 'C' } });
}
