import type { ChildProcess } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import type { Percentiles } from '../instruments/histogram.ts';
import { type Phase, type Profile, phasesOf } from '../lib/profile.ts';
import { createSchedule } from '../lib/schedule.ts';
import type { Obedient } from '../processes/children.ts';
import type { Period, Point } from '../sink/timeline.ts';
import { goodAgainMs, recoverySeconds } from '../verdict/recovery.ts';
import type { PhaseResult, Results } from '../verdict/results.ts';
import type { RunOptions } from './arguments.ts';
import { type Fault, killDuring, slowDown } from './faults.ts';
import { startK6 } from './k6-run.ts';
import type { Api } from './populate.ts';
import { startSampler } from './sampler.ts';
import type { Service } from './service.ts';
import { settle } from './settle.ts';
import type { StagedWorld } from './stage-world.ts';

export interface MeasureOptions {
  k6: string;
  folder: string;
  profile: Profile;
  options: RunOptions;
  world: StagedWorld;
  api: Api;
  baseUrl: string;
  liveUrl: string;
  /** Null where it is somebody else's to start and stop. */
  service: Service | null;
  pushSink: Obedient | null;
  onK6(child: ChildProcess): void;
}

/** Lets k6 post at the profile's rate, breaks what is to be broken, and waits until everything is where it belongs. */
export async function measure(given: MeasureOptions): Promise<Results> {
  const { profile, options, world, service, baseUrl, liveUrl } = given;
  const { sink } = world;
  const schedule = createSchedule(profile.startRate, profile.stages);
  const seconds = Math.round(schedule.durationMs / 1_000);
  console.log(`buji: ${profile.name}: ${schedule.total} posts in ${seconds} s, then until everything is delivered`);
  const variables = { ...options.variables, BASE_URL: baseUrl, LIVE_URL: liveUrl, WORLD: world.path };
  const run = startK6(given.k6, profile.name, given.folder, variables, options.rest);
  given.onK6(run.child);
  const sampler = startSampler({
    processes: () => ({ ...pidsOf(service), k6: run.child.pid ?? 0, ...(sink && { sink: sink.pid }) }),
    origins: () => (service ? [...service.parts.values()].flatMap(({ origin }) => origin ?? []) : [baseUrl]),
    operatorToken: service?.operatorToken ?? options.variables['OPERATOR_TOKEN'] ?? '',
    sink,
  });
  let endSlowness = () => {};
  try {
    const startedAt = await run.started;
    const phases = phasesOf(profile.stages).map((phase) => shift(phase, startedAt));
    const hardest = phases.find(({ name }) => name === 'peak') ?? shift({ name: '', from: 0, to: seconds }, startedAt);
    const faults: Fault[] = [];
    if (service && options.slow > 0) endSlowness = slowDown(service, options.slow);
    const [, , storms] = await Promise.all([
      run.ended,
      service ? killDuring(service, options.kill, hardest, faults) : null,
      sink ? runStorms(sink, profile, startedAt) : [],
    ]);
    const settled = await settle(world, given.api, run.consolePath, sampler.readings);
    const { acceptP99Of, ...k6 } = run.readSummary();
    const points = sink ? (await sink.ask<{ points: Point[] }>({ do: 'points' })).points : [];
    const goodMs = goodAgainMs(points, faults[0]?.at ?? 0, profile.limits.deliveryP99Ms);
    const untilHardest = await readPeriod(sink, 0, hardest.to);
    const described = phases.map(async (phase) =>
      describePhase(phase, await readPeriod(sink, phase.from, phase.to), acceptP99Of(phase.name)),
    );
    return {
      name: profile.name,
      startedAt: new Date(startedAt).toISOString(),
      profile,
      given: options.given,
      world: world.described,
      phases: await Promise.all(described),
      k6,
      all: await readPeriod(sink, 0, Number.MAX_SAFE_INTEGER),
      ...settled,
      drainSeconds: untilHardest ? Math.max(0, (untilHardest.lastArrivalAt - hardest.to) / 1_000) : 0,
      faults: faults.map((fault) => ({ ...fault, recoverySeconds: recoverySeconds(points, fault.at, goodMs) })),
      storms,
      push: (await given.pushSink?.ask<NonNullable<Results['push']>>({ do: 'state' })) ?? null,
      readings: sampler.readings,
      points,
    };
  } finally {
    endSlowness();
    sampler.stop();
  }
}

/** Cuts all sockets at the profile's moments; each storm is over when all are synced again. */
async function runStorms(sink: Obedient, profile: Profile, startedAt: number): Promise<Results['storms']> {
  const storms: Results['storms'] = [];
  for (const second of profile.stormsAt) {
    await delay(Math.max(0, startedAt + second * 1_000 - Date.now()));
    const at = Date.now();
    const command = { do: 'drop', withinMs: profile.stormReturnMs };
    const { milliseconds, resync } = await sink.ask<{ milliseconds: number; resync: Percentiles }>(command);
    storms.push({ at, seconds: milliseconds / 1_000, resync });
  }
  return storms;
}

async function readPeriod(sink: Obedient | null, from: number, to: number): Promise<Period | null> {
  return sink ? sink.ask<Period>({ do: 'report', from, to }) : null;
}

function describePhase({ name, from, to }: Phase, measured: Period | null, acceptP99Ms: number | null): PhaseResult {
  const none: Percentiles = { count: 0, p50: 0, p95: 0, p99: 0, max: 0 };
  const { statuses = 0, deliveries = 0, each = none, last = none, help = none } = measured ?? {};
  return { name, from, to, statuses, deliveries, each, last, help, acceptP99Ms };
}

/** From seconds after the start to milliseconds since 1970. */
function shift({ name, from, to }: Phase, startedAt: number): Phase {
  return { name, from: startedAt + from * 1_000, to: startedAt + to * 1_000 };
}

function pidsOf(service: Service | null): Record<string, number> {
  return Object.fromEntries([...(service?.parts ?? [])].map(([part, { child }]) => [part, child.pid ?? 0]));
}
