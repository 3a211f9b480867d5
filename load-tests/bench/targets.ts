import type { Round } from './round.ts';

/** A figure of a comparison that has a target. */
export type Figure = 'kneePostsPerSecond' | 'p50At1000' | 'cpuPerMillionDeliveries' | 'p99Growth' | 'p99AtEight';

/** Buji's median by a rival's. */
export interface RatioTarget {
  what: string;
  figure: Figure;
  rival: string;
  workload: Round['workload'];
  sign: '≥' | '≤';
  limit: number;
}

const knee = { what: 'posts/s at the knee', figure: 'kneePostsPerSecond', sign: '≥' } as const;
const calm = { what: 'p50 delivery at 1,000 posts/s', figure: 'p50At1000', sign: '≤' } as const;

/** What a comparison must come to, where it has both programs. */
export const RATIO_TARGETS: readonly RatioTarget[] = [
  { ...knee, workload: 'quiet', rival: 'naive', limit: 2 },
  { ...knee, workload: 'quiet', rival: 'socket.io', limit: 2 },
  { ...knee, workload: 'quiet', rival: 'nchan', limit: 0.6 },
  { ...knee, workload: 'busy', rival: 'naive', limit: 4 },
  { ...knee, workload: 'busy', rival: 'socket.io', limit: 4 },
  { ...knee, workload: 'busy', rival: 'nchan', limit: 1.5 },
  { ...calm, workload: 'quiet', rival: 'nchan', limit: 3 },
  { ...calm, workload: 'busy', rival: 'nchan', limit: 3 },
  {
    what: 'CPU per million deliveries',
    figure: 'cpuPerMillionDeliveries',
    sign: '≤',
    workload: 'quiet',
    rival: 'floor',
    limit: 3,
  },
];

/** What every other row must come to. 8× is 80 % of the knee, 1× an eighth of that. */
export const TARGETS = {
  /** p99 of deliveries at 8× by that at 1×. */
  p99GrowthMax: 6,
  p99AtEightBelowMs: 250,
  /** *help*, while the OKs that come in are so many milliseconds late. */
  helpBehindMs: 10_000,
  helpBehindP99BelowMs: 1_000,
  /** Half as much again as it can hold, for so long; then nothing may be missing, or have come twice. */
  overloadShare: 1.5,
  overloadSeconds: 60,
  /** "Falls or stays flat": two figures may differ by a twentieth and mean the same. */
  circleSizeGrowthMax: 1.05,
  /** CPU per post with the most people stored, by that with the fewest. */
  storedPeopleGrowthMax: 1.15,
  idleMibPer1000SocketsMax: 20,
  socketsMin: 20_000,
  /** By the worker's processor time and Redis'. */
  pushesPerCoreMin: 3_000,
} as const;
