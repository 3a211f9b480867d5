import { describe, expect, it } from 'vitest';
import { readProfile } from '../lib/profile.ts';
import { createSchedule } from '../lib/schedule.ts';
import type { Reading } from '../run/sampler.ts';
import type { Results } from './results.ts';
import { EXIT_CODES, judge } from './verdict.ts';

const latency = (p99: number) => ({ count: 100, p50: p99 / 4, p95: p99 / 2, p99, max: p99 * 2 });
const reading = (at: number, changes: Partial<Reading> = {}): Reading => ({
  at,
  cpu: { k6: 0.3, web: 0.5 },
  memory: { web: 100, live: 100, worker: 100 },
  machineCpu: 0.7,
  sinkLoop: 0.2,
  socketsReady: 10,
  lagSeconds: 0,
  queueDepth: 0,
  redisBytes: 1,
  eventLoopP99Seconds: 0.01,
  ...changes,
});

const judgement = { acknowledged: 100, expected: 1_000, lost: 0, overtaken: [], unconfirmed: 0, lostExamples: [] };

/** A run in which everything was in order. */
function goodRun(changes: Partial<Results> = {}): Results {
  return {
    name: 'spike',
    startedAt: '2026-03-11T05:46:18.000Z',
    profile: readProfile('spike', {}),
    given: [],
    world: { people: 10, circles: 2, sockets: 7, away: 3, meanContacts: 4, largestContacts: 5 },
    phases: [],
    k6: {
      iterations: createSchedule(readProfile('spike', {}).startRate, readProfile('spike', {}).stages).total,
      dropped: 0,
      acknowledged: 100,
      unconfirmed: 0,
      givenUp: 0,
      receiptsWrong: 0,
      receiptsChanged: 0,
      acceptP99Ms: 20,
      lateP99Ms: 3,
      sampleDeliveryP99Ms: 30,
    },
    all: { each: latency(30), last: latency(40), help: latency(20) },
    ledger: { ...judgement, duplicated: 0, repeated: 0, gaps: 0, strangers: 0, examples: [] },
    sample: { ...judgement, repeated: 0, strangers: 0 },
    boards: { read: 2, wrong: 0, examples: [] },
    drainSeconds: 0.1,
    faults: [],
    storms: [],
    push: null,
    readings: Array.from({ length: 20 }, (_, second) => reading(second * 1_000)),
    points: [],
    acceptedPerSecond: [],
    ...changes,
  };
}

const outcomeOf = (results: Results, isOnlyPromises = false) => judge(results, { isOnlyPromises }, 2).outcome;
const withLedger = (changes: object) => goodRun({ ledger: { ...(goodRun().ledger as object), ...changes } as Results['ledger'] });

describe('the verdict on a load test', () => {
  it('passes a run in which everything was in order', () => {
    expect(outcomeOf(goodRun())).toBe('passed');
    expect(EXIT_CODES.passed).toBe(0);
  });

  it.each<[string, Results]>([
    ['one delivery is lost', withLedger({ lost: 1 })],
    ['one status stands twice in a feed', withLedger({ duplicated: 1 })],
    ['one delivery came twice', withLedger({ repeated: 1 })],
    ['a board is wrong', goodRun({ boards: { read: 2, wrong: 1, examples: [] } })],
    ['a status was shown to a stranger', withLedger({ strangers: 1 })],
    ["a status was shown to a stranger on k6's own sockets", goodRun({ sample: { ...judgement, repeated: 0, strangers: 1 } })],
    ['a receipt names fewer circles than were sent', goodRun({ k6: { ...goodRun().k6, receiptsWrong: 1 } })],
    ['a post was never confirmed', goodRun({ k6: { ...goodRun().k6, givenUp: 1 } })],
    [
      'a killed process is not made up for',
      goodRun({ faults: [{ what: 'kill -9 of redis', at: 0, backAt: null, recoverySeconds: null }] }),
    ],
  ])('fails where %s, even on a slow machine and where only promises count', (_, results) => {
    expect(outcomeOf(results)).toBe('failed');
    expect(outcomeOf(results, true)).toBe('failed');
    expect(outcomeOf({ ...results, k6: { ...results.k6, lateP99Ms: 5_000 } })).toBe('failed');
  });

  it.each<[string, Results]>([
    ['deliveries are slow', goodRun({ all: { each: latency(30), last: latency(1_500), help: latency(20) } })],
    ['help is slow', goodRun({ all: { each: latency(30), last: latency(40), help: latency(1_100) } })],
    ['the backlog takes long', goodRun({ drainSeconds: 11 })],
    ['posts are accepted slowly', goodRun({ k6: { ...goodRun().k6, acceptP99Ms: 600 } })],
    ['k6 had nobody left to post', goodRun({ k6: { ...goodRun().k6, dropped: 1 } })],
  ])('fails where %s, unless only promises count', (_, results) => {
    expect(outcomeOf(results)).toBe('failed');
    expect(outcomeOf(results, true)).toBe('passed');
  });

  it.each<[string, Results]>([
    ['k6 was behind its schedule', goodRun({ k6: { ...goodRun().k6, lateP99Ms: 150 } })],
    ['k6 found no time for many posts', goodRun({ k6: { ...goodRun().k6, iterations: 20_000, dropped: 5_000 } })],
    ['the sink was busy', goodRun({ readings: Array.from({ length: 20 }, (_, at) => reading(at, { sinkLoop: 0.95 })) })],
    [
      'k6 used most of the machine',
      goodRun({ readings: Array.from({ length: 20 }, (_, at) => reading(at, { cpu: { k6: 1.8 } })) }),
    ],
  ])('is refused where %s', (_, results) => {
    expect(outcomeOf(results)).toBe('no verdict');
    expect(EXIT_CODES['no verdict']).not.toBe(0);
  });

  it('fails all the same where the service says of itself that it was behind', () => {
    const late = { ...goodRun().k6, lateP99Ms: 150 };
    const behind = (seconds: number, cpu = { k6: 0.4 }) =>
      Array.from({ length: 20 }, (_, at) => reading(at, { cpu, ...(at < seconds && { lagSeconds: 1.8 }) }));
    expect(outcomeOf(goodRun({ k6: late, readings: behind(4) }))).toBe('failed');
    expect(outcomeOf(goodRun({ k6: late, readings: behind(2) }))).toBe('no verdict');
    expect(outcomeOf(goodRun({ k6: late, readings: behind(4, { k6: 1.9 }) }))).toBe('no verdict');
    expect(outcomeOf(goodRun({ k6: late, readings: behind(4) }), true)).toBe('passed');
  });

  it.each<[string, Results]>([
    ['nothing was acknowledged', goodRun({ k6: { ...goodRun().k6, acknowledged: 0 } })],
    ['receipts were not noted', withLedger({ acknowledged: 99 })],
    ['no socket was in a circle', withLedger({ expected: 0 })],
  ])('is refused where %s: an empty ledger misses nothing', (_, results) => {
    expect(outcomeOf(results)).toBe('no verdict');
    expect(outcomeOf(results, true)).toBe('no verdict');
  });

  it('forgives events that came again after a process was killed, and nothing else', () => {
    const faults = [{ what: 'kill -9 of live', at: 0, backAt: 900, recoverySeconds: 2 }];
    expect(outcomeOf({ ...withLedger({ repeated: 3 }), faults })).toBe('passed');
    expect(outcomeOf({ ...withLedger({ repeated: 3, duplicated: 1 }), faults })).toBe('failed');
  });
});
