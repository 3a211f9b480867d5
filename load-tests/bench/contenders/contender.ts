import { findFreePort } from '../../processes/free-port.ts';
import { withDescendants } from '../../processes/proc.ts';
import type { DialectName } from '../generator/dialects.ts';
import { type Started, start, startRedis, untilListening } from '../lib/processes.ts';
import type { Shape, World } from '../lib/world.ts';

/** One program that does the work. */
export interface Contender {
  name: string;
  dialect: DialectName;
  /** Whether it keeps a late status from the sockets where a newer one of the same person is on the board already. */
  overtakes?: true;
  /** Starts it with its own Redis, and the world of that shape in it. `dir` is empty and its own. */
  start(dir: string, shape: Shape): Promise<Running>;
}

export interface Running {
  world: World;
  postPort: number;
  livePort: number;
  /** What each of its processes is, Redis among them: their time and memory are counted. */
  pids(): Record<string, number[]>;
  stop(): Promise<void>;
}

/** What the processes of a contender have in common: a directory, a Redis, an orderly end. */
export class Stack {
  readonly dir: string;
  readonly #started: [name: string, process: Started][] = [];
  redisPort = 0;

  constructor(dir: string) {
    this.dir = dir;
  }

  async startRedis(): Promise<void> {
    this.redisPort = await findFreePort();
    this.#started.push(['redis', await startRedis(this.dir, this.redisPort)]);
  }

  /** A program of Node; `BENCH_CPU_PROF` (a folder) has each of them write a profile at its end. */
  async startNode(name: string, script: string, env: Record<string, string>, port?: number): Promise<void> {
    const profiles = process.env['BENCH_CPU_PROF'];
    const flags = profiles ? ['--cpu-prof', `--cpu-prof-dir=${profiles}`, `--cpu-prof-name=${name}.cpuprofile`] : [];
    const all = { NODE_ENV: 'production', REDIS_URL: `redis://127.0.0.1:${this.redisPort}`, ...env };
    this.#started.push([name, start(process.execPath, [...flags, script], { env: all, logPath: `${this.dir}/${name}.log` })]);
    if (port !== undefined) await untilListening(port);
  }

  async startProgram(name: string, command: string, args: string[], port: number): Promise<void> {
    this.#started.push([name, start(command, args, { logPath: `${this.dir}/${name}.log` })]);
    await untilListening(port);
  }

  running(world: World, postPort: number, livePort: number): Running {
    const pids = () => Object.fromEntries(this.#started.map(([name, { pid }]) => [name, withDescendants(pid)]));
    return { world, postPort, livePort, pids, stop: () => this.stop() };
  }

  /** Ends what was started last first, Redis last. */
  async stop(): Promise<void> {
    for (const [, process] of this.#started.splice(0).reverse()) await process.stop();
  }
}

/** The file of a program of the bench. */
export function scriptPath(path: string): string {
  return new URL(`../${path}`, import.meta.url).pathname;
}
