/** The load tests that are judged; `smoke` is a story of its own. */
const PROFILES = ['spike', 'accept', 'live', 'reconnect-storm', 'soak'] as const;
export type ProfileName = (typeof PROFILES)[number];

/** The rate changes evenly from the one before to `rate` (statuses a second) within `seconds`. */
export interface Stage {
  phase: string;
  rate: number;
  seconds: number;
}

export interface Phase {
  name: string;
  /** Seconds from the start. */
  from: number;
  to: number;
}

export interface Profile {
  name: ProfileName;
  people: number;
  seed: number;
  awayShare: number;
  startRate: number;
  stages: Stage[];
  /** Virtual users of k6, each with at most one post on its way. */
  vus: number;
  /** Sockets that k6 itself holds; the sink holds those of everybody else who is not away. */
  sampleSockets: number;
  hasSockets: boolean;
  hasPush: boolean;
  /** Seconds from the start at which all sockets are cut. */
  stormsAt: number[];
  stormReturnMs: number;
  limits: Limits;
}

/** What a passed verdict needs. */
export interface Limits {
  acceptP99Ms: number;
  deliveryP99Ms: number;
  helpP99Ms: number;
  drainSeconds: number;
  /** After a process was killed, and after all sockets were cut. */
  recoverySeconds: number;
  /** Growth of the memory of all processes over the second half of the run, as a share. */
  memoryGrowth: number;
}

export type Variables = Record<string, string | undefined>;

/** The figures of one load test: defaults that two cores with the generator on board can hold, each changed by `-e NAME=value`. */
export function readProfile(name: ProfileName, variables: Variables): Profile {
  const number = (key: string, standard: number) => readNumber(variables, key, standard);
  const seconds = (key: string, standard: number) => readSeconds(variables, key, standard);
  const base = number('BASE_RATE', name === 'live' ? 10 : 50);
  const stages = stagesOf(name, base, number, seconds);
  const peak = Math.max(...stages.map(({ rate }) => rate));
  // Who is away for a moment hears of it when they are back.
  const deliveryMs = name === 'reconnect-storm' ? 5_000 : 1_000;
  return {
    name,
    people: number('PEOPLE', name === 'live' ? 5_000 : 2_000),
    seed: number('SEED', 311),
    awayShare: number('AWAY', name === 'live' ? 0.1 : 0.3),
    startRate: base,
    stages,
    // One second of the peak: so long may every answer take before k6 has nobody left to send the next.
    vus: number('VUS', Math.max(50, Math.ceil(peak))),
    sampleSockets: name === 'accept' ? 0 : number('SAMPLE', 20),
    hasSockets: name !== 'accept',
    hasPush: number('PUSH', name === 'accept' || name === 'live' ? 0 : 1) > 0,
    stormsAt: name === 'reconnect-storm' ? [seconds('STORM_AT', 15), seconds('STORM_AT', 15) * 2] : [],
    stormReturnMs: number('RETURN_MS', 1_000),
    limits: {
      acceptP99Ms: number('LIMIT_ACCEPT_P99_MS', 500),
      deliveryP99Ms: number('LIMIT_DELIVERY_P99_MS', deliveryMs),
      helpP99Ms: number('LIMIT_HELP_P99_MS', deliveryMs),
      drainSeconds: number('LIMIT_DRAIN_SECONDS', 10),
      recoverySeconds: number('LIMIT_RECOVERY_SECONDS', 60),
      memoryGrowth: number('LIMIT_MEMORY_GROWTH', name === 'soak' ? 0.2 : Number.MAX_SAFE_INTEGER),
    },
  };
}

/** Phases in order; stages of the same phase that follow each other are one. */
export function phasesOf(stages: readonly Stage[]): Phase[] {
  const phases: Phase[] = [];
  let at = 0;
  for (const { phase, seconds } of stages) {
    const last = phases.at(-1);
    if (last?.name === phase) last.to = at + seconds;
    else phases.push({ name: phase, from: at, to: at + seconds });
    at += seconds;
  }
  return phases;
}

type Read = (key: string, standard: number) => number;

function stagesOf(name: ProfileName, base: number, number: Read, seconds: Read): Stage[] {
  const peak = base * number('FACTOR', 8);
  switch (name) {
    case 'spike':
      return spike(base, peak, number, seconds);
    case 'accept':
      return [
        { phase: 'calm', rate: base, seconds: seconds('CALM', 5) },
        { phase: 'rise', rate: peak, seconds: seconds('RISE', 5) },
        { phase: 'peak', rate: peak, seconds: seconds('HOLD', 30) },
      ];
    case 'soak':
      return [{ phase: 'soak', rate: base * number('AFTER_FACTOR', 2), seconds: seconds('DURATION', 3_600) }];
    default:
      return [{ phase: 'steady', rate: base, seconds: seconds('DURATION', 60) }];
  }
}

/** 2011-03-11, compressed in time: a sharper first minute, eight times normal held, then twice normal with aftershocks. */
function spike(base: number, peak: number, number: Read, seconds: Read): Stage[] {
  const sharp = peak * number('SHARP', 1.25);
  const after = base * number('AFTER_FACTOR', 2);
  const aftershock = base * number('AFTERSHOCK_FACTOR', 4);
  const afterSeconds = seconds('AFTER', 30);
  const shake: Stage[] = [
    { phase: 'after', rate: after, seconds: afterSeconds / 3 },
    { phase: 'after', rate: aftershock, seconds: 0.5 },
    { phase: 'after', rate: aftershock, seconds: 1.5 },
    { phase: 'after', rate: after, seconds: 1 },
  ];
  return [
    { phase: 'calm', rate: base, seconds: seconds('CALM', 15) },
    { phase: 'rise', rate: sharp, seconds: seconds('RISE', 5) },
    { phase: 'peak', rate: sharp, seconds: seconds('FIRST', 15) },
    { phase: 'peak', rate: peak, seconds: 1 },
    { phase: 'peak', rate: peak, seconds: seconds('HOLD', 35) },
    { phase: 'fall', rate: after, seconds: seconds('FALL', 5) },
    ...shake,
    ...shake,
    { phase: 'after', rate: after, seconds: afterSeconds / 3 },
  ];
}

function readNumber(variables: Variables, key: string, standard: number): number {
  const value = Number(variables[key] ?? standard);
  if (!(value >= 0)) throw new Error(`${key} must be a number that is not negative, not "${variables[key]}"`);
  return value;
}

/** "20s", "2m", "1h" or plain seconds. */
function readSeconds(variables: Variables, key: string, standard: number): number {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)(s|m|h)?$/.exec(variables[key] ?? `${standard}`) ?? [];
  if (digits === undefined) throw new Error(`${key} must be a time such as 20s, 2m or 1h, not "${variables[key]}"`);
  return Number(digits) * (unit === 'h' ? 3_600 : unit === 'm' ? 60 : 1);
}
