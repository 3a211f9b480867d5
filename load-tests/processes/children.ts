import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** Longer than the service's own limit for an orderly stop. */
const STOP_LIMIT_MS = 60_000;
/** Whatever ends the runner takes these along. */
const running = new Set<ChildProcess>();
process.once('exit', endAll);

/** Ends everything that runs still: what one part of a run that failed has left would be in the figures of the next. */
export function endAll(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** Starts a program whose output goes to a file. Never outlives this process. */
export function launch(
  command: string,
  args: string[],
  { logPath, ...options }: SpawnOptions & { logPath: string },
): ChildProcess {
  const log = openSync(logPath, 'a');
  const child = spawn(command, args, { ...options, stdio: ['ignore', log, log] });
  closeSync(log);
  return keep(child);
}

export function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null && child.pid !== undefined;
}

/** Asks it to end and waits until it has; one that does not is killed. */
export async function stop(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (!isRunning(child)) return;
  const late = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
  const ended = once(child, 'exit');
  child.kill('SIGCONT'); // one that was held back could not end
  child.kill(signal);
  await ended;
  clearTimeout(late);
}

/** What a program said last, for the word on why it ended. */
export function lastLines(logPath: string): string {
  return existsSync(logPath) ? readFileSync(logPath, 'utf8').trimEnd().split('\n').slice(-10).join('\n') : '';
}

/** A process that obeys lines of JSON and answers each with one: the sinks. */
export interface Obedient {
  pid: number;
  ask<Answer = Record<string, unknown>>(command: { do: string; [key: string]: unknown }): Promise<Answer>;
  stop(): Promise<void>;
}

export function launchObedient(script: string): Obedient {
  const child = keep(spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'inherit'], detached: true }));
  const waiting = new Map<number, { resolve(answer: unknown): void; reject(error: Error): void }>();
  let asked = 0;
  createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
    const { re, error, ...answer } = JSON.parse(line);
    const caller = waiting.get(re);
    waiting.delete(re);
    if (error) caller?.reject(new Error(`${script}: ${error}`));
    else caller?.resolve(answer);
  });
  child.on('exit', (code, signal) => {
    for (const { reject } of waiting.values()) reject(new Error(`${script} ended with ${signal ?? code}`));
    waiting.clear();
  });
  return {
    pid: child.pid ?? 0,
    ask: <Answer>(command: object) =>
      new Promise<Answer>((resolve, reject) => {
        asked += 1;
        waiting.set(asked, { resolve: (answer) => resolve(answer as Answer), reject });
        child.stdin?.write(`${JSON.stringify({ re: asked, ...command })}\n`);
      }),
    stop: () => stop(child),
  };
}

/** Takes a process along when this one ends. */
export function keep(child: ChildProcess): ChildProcess {
  running.add(child);
  child.once('exit', () => running.delete(child));
  child.once('error', () => running.delete(child));
  return child;
}
