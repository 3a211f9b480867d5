/// <reference types="k6" />
import { sleep } from 'k6';
import { SharedArray } from 'k6/data';
import exec from 'k6/execution';
import type { Options } from 'k6/options';
import { type ProfileName, phasesOf, readProfile } from '../lib/profile.ts';
import { createSchedule } from '../lib/schedule.ts';
import type { Poster } from '../lib/world.ts';
import { measures, summaryTrendStats } from './measures.ts';
import { sendUntilConfirmed } from './outbox.ts';
import { watchSample } from './sample.ts';
import { writeStatus } from './statuses.ts';

/** k6 on a machine that is not hopelessly small is not later than this; beyond, it must have dropped iterations. */
const LATE_BELIEVED_MS = 1_000;
/** Beyond the last post: k6 lets a phone's outbox go on trying. */
const GRACE_SECONDS = 70;

/**
 * The k6 side of every judged load test: posts at the profile's rate, whether or not earlier posts were answered, and holds a
 * few sockets of its own. What it acknowledges goes to the console file, a line each; the runner judges.
 */
export function createJudgedTest(name: ProfileName) {
  const profile = readProfile(name, __ENV);
  const schedule = createSchedule(profile.startRate, profile.stages);
  const phases = phasesOf(profile.stages);
  const worldPath = __ENV['WORLD'];
  if (!worldPath) throw new Error(`type: npm run load -- ${name}; this script needs the world that it makes`);
  const posters = new SharedArray('posters', () => JSON.parse(open(worldPath)).posters) as Poster[];
  const sampled = new SharedArray('sample', () => JSON.parse(open(worldPath)).sample) as Poster[];

  const options: Options = {
    discardResponseBodies: false,
    summaryTrendStats,
    scenarios: {
      posts: {
        executor: 'ramping-arrival-rate',
        exec: 'post',
        startRate: profile.startRate,
        timeUnit: '1s',
        preAllocatedVUs: profile.vus,
        stages: profile.stages.map(({ rate, seconds }) => ({ target: Math.round(rate), duration: `${seconds}s` })),
        gracefulStop: `${GRACE_SECONDS}s`,
      },
      ...(profile.sampleSockets > 0 && {
        sample: {
          executor: 'per-vu-iterations' as const,
          exec: 'sample',
          vus: 1,
          iterations: 1,
          maxDuration: `${Math.ceil(schedule.durationMs / 1_000) + 2 * GRACE_SECONDS}s`,
        },
      }),
    },
    // No limits here, for the runner judges: these lines only make k6 count each phase on its own.
    thresholds: Object.fromEntries(phases.map((phase) => [`buji_accept_ms{phase:${phase.name}}`, ['max>=0']])),
  };

  /** The smallest distance of k6's own start of this scenario from its schedule, which counts as none. */
  let headStartMs = Number.POSITIVE_INFINITY;

  /**
   * When this iteration should have begun (ms since 1970), and not when k6 found time for it. k6 counts only the iterations that it
   * began: once it has dropped some, all later ones seem late, and only their beginning can be told.
   */
  function readIntendedAt(): number {
    const now = Date.now();
    const dueAt = exec.scenario.startTime + schedule.dueMs(exec.scenario.iterationInTest);
    headStartMs = Math.min(headStartMs, now - dueAt);
    const lateMs = now - dueAt - headStartMs;
    measures.late.add(lateMs);
    return Math.floor(lateMs < LATE_BELIEVED_MS ? now - lateMs : now);
  }

  return {
    options,

    setup(): void {
      sleep(0.5); // lets k6 settle after making its virtual users
      console.log(`started ${Date.now()}`);
    },

    post(): void {
      const intendedAt = readIntendedAt();
      const poster = posters[Math.floor(Math.random() * posters.length)];
      if (!poster) return;
      const sinceStartMs = intendedAt - exec.scenario.startTime;
      const phase = phases.find(({ to }) => sinceStartMs < to * 1_000) ?? phases.at(-1);
      sendUntilConfirmed(poster, writeStatus(poster.circles, intendedAt, Math.random), phase?.name ?? '');
    },

    sample: () => watchSample([...sampled], schedule.durationMs),

    handleSummary: (data: unknown) => ({ [__ENV['SUMMARY'] ?? 'summary.json']: JSON.stringify(data) }),
  };
}
