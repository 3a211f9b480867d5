import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { startService } from './service.ts';

/**
 * `smoke` from nothing to its end: a service of its own unless there is a `url`, and k6, whose thresholds are the verdict.
 * `onK6` is given k6's process, which Ctrl-C ends first.
 * @returns k6's exit code
 */
export async function runSmoke(
  k6: string,
  k6Arguments: string[],
  url: string | undefined,
  onK6: (child: ChildProcess) => void,
): Promise<number> {
  if (url !== undefined) return runK6(k6, k6Arguments, { baseUrl: url, liveUrl: url }, onK6);
  const folder = '.reports/smoke';
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  console.log(`buji: starting a throw-away service for smoke; its logs are in ${folder}`);
  const service = await startService({ folder, pushOrigin: null, isProfiled: false });
  try {
    return await runK6(k6, k6Arguments, service, onK6);
  } finally {
    await service.stop();
  }
}

async function runK6(
  k6: string,
  k6Arguments: string[],
  { baseUrl, liveUrl }: { baseUrl: string; liveUrl: string },
  onK6: (child: ChildProcess) => void,
): Promise<number> {
  const variables = ['-e', `BASE_URL=${baseUrl}`, '-e', `LIVE_URL=${liveUrl}`];
  // k6 reports its use to its makers unless told not to.
  const args = ['run', '--no-usage-report', ...variables, ...k6Arguments, 'load-tests/smoke.ts'];
  const child = spawn(k6, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  onK6(child);
  const [code] = await once(child, 'exit');
  return Number(code ?? 1);
}
