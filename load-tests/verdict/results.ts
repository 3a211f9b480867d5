import type { Percentiles } from '../instruments/histogram.ts';
import type { Profile } from '../lib/profile.ts';
import type { Fault } from '../run/faults.ts';
import type { Reading } from '../run/sampler.ts';
import type { Judgement } from '../sink/ledger.ts';
import type { Point } from '../sink/timeline.ts';
import type { SampleJudgement } from './sample.ts';

/** One phase of the run, by the time at which statuses were meant to be sent. */
export interface PhaseResult {
  name: string;
  /** Milliseconds since 1970. */
  from: number;
  to: number;
  statuses: number;
  deliveries: number;
  /** Every delivery; the last socket of each circle; *help*. */
  each: Percentiles;
  last: Percentiles;
  help: Percentiles;
  acceptP99Ms: number | null;
}

/** Everything that was measured in one run: `report.json` is this and the verdict. */
export interface Results {
  name: string;
  startedAt: string;
  profile: Profile;
  /** The `-e` figures and flags that were given. */
  given: string[];
  world: { people: number; circles: number; sockets: number; away: number; meanContacts: number; largestContacts: number };
  phases: PhaseResult[];
  k6: {
    iterations: number;
    dropped: number;
    acknowledged: number;
    unconfirmed: number;
    givenUp: number;
    receiptsWrong: number;
    receiptsChanged: number;
    acceptP99Ms: number | null;
    /** p99 of how far k6 was behind its own schedule. */
    lateP99Ms: number | null;
    sampleDeliveryP99Ms: number | null;
  };
  all: { each: Percentiles; last: Percentiles; help: Percentiles } | null;
  ledger: (Judgement & { duplicated: number; repeated: number; gaps: number; strangers: number; examples: string[] }) | null;
  sample: SampleJudgement | null;
  boards: { read: number; wrong: number; examples: string[] };
  drainSeconds: number;
  faults: (Fault & { recoverySeconds: number | null })[];
  storms: { at: number; seconds: number; resync: Percentiles }[];
  push: { pushes: number; help: number; phones: number; mostPerPhone: number; opened: number; unreadable: number } | null;
  readings: Reading[];
  points: Point[];
  /** Receipts by the second in which their status was meant to be sent. */
  acceptedPerSecond: { at: number; count: number }[];
}
