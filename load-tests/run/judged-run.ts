import type { ChildProcess } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type ProfileName, readProfile } from '../lib/profile.ts';
import { launchObedient } from '../processes/children.ts';
import { writeReports } from '../report/write.ts';
import { EXIT_CODES, judge } from '../verdict/verdict.ts';
import type { RunOptions } from './arguments.ts';
import { measure } from './measure.ts';
import { createApi, type PushKeys } from './populate.ts';
import { startService } from './service.ts';
import { SECRET_FILES, type StagedWorld, stageWorld } from './stage-world.ts';

/**
 * One judged load test from nothing to a verdict: a service of its own unless there is a `url`, a world, the sinks, k6, the
 * faults, the ledger, the reports; and everything that was started is stopped. `onK6` is given k6's process, which Ctrl-C ends
 * first.
 * @returns the exit code
 */
export async function runJudged(
  name: ProfileName,
  options: RunOptions,
  k6: string,
  onK6: (child: ChildProcess) => void,
): Promise<number> {
  const profile = readProfile(name, options.variables);
  const folder = join('.reports', name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const pushSink = profile.hasPush && options.url === null ? launchObedient('load-tests/push-sink/main.ts') : null;
  const push = (await pushSink?.ask<PushKeys & Record<string, unknown>>({ do: 'start' })) ?? null;
  const { isProfiled } = options;
  const service = options.url === null ? await startService({ folder, pushOrigin: push?.origin ?? null, isProfiled }) : null;
  const baseUrl = service?.baseUrl ?? options.url ?? '';
  const liveUrl = service?.liveUrl ?? baseUrl;
  const api = createApi(baseUrl);
  let world: StagedWorld | null = null;
  try {
    world = await stageWorld(profile, { api, liveUrl }, push, folder);
    const results = await measure({ k6, folder, profile, options, world, api, baseUrl, liveUrl, service, pushSink, onK6 });
    const verdict = judge(results, options, availableParallelism());
    writeReports(folder, results, verdict);
    return EXIT_CODES[verdict.outcome];
  } catch (error) {
    console.error(`buji: NO VERDICT: ${error instanceof Error ? error.message : String(error)}`);
    return EXIT_CODES['no verdict'];
  } finally {
    api.close();
    await Promise.all([world?.sink?.stop(), pushSink?.stop()]);
    await service?.stop();
    // They hold tokens, and the service may be one that lives on.
    for (const file of SECRET_FILES) rmSync(join(folder, file), { force: true });
  }
}
