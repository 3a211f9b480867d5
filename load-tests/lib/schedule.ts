import type { Stage } from './profile.ts';

/** When each post of a run is due. k6 starts its iterations by the same sums (`ramping_arrival_rate.go`): the nth when n + 1 are due. */
export interface Schedule {
  /** Milliseconds after the start at which iteration `index` (from 0) is due; after the last one, the end. */
  dueMs(index: number): number;
  total: number;
  /** Posts a second that are due at that moment. */
  rateAt(ms: number): number;
  durationMs: number;
}

interface Piece {
  from: number;
  to: number;
  seconds: number;
  startsAt: number;
  before: number;
  count: number;
}

export function createSchedule(startRate: number, stages: readonly Stage[]): Schedule {
  const pieces: Piece[] = [];
  let startsAt = 0;
  let before = 0;
  let from = startRate;
  for (const { rate: to, seconds } of stages) {
    const count = (seconds * (from + to)) / 2;
    pieces.push({ from, to, seconds, startsAt, before, count });
    startsAt += seconds;
    before += count;
    from = to;
  }
  const durationMs = startsAt * 1_000;
  return {
    total: Math.floor(before),
    durationMs,
    dueMs(index) {
      const piece = pieces.find(({ before: done, count }) => index + 1 <= done + count);
      return piece ? 1_000 * (piece.startsAt + secondsUntil(piece, index + 1 - piece.before)) : durationMs;
    },
    rateAt(ms) {
      const piece = pieces.find(({ startsAt: at, seconds }) => ms >= at * 1_000 && ms < (at + seconds) * 1_000);
      return piece ? piece.from + ((ms / 1_000 - piece.startsAt) / piece.seconds) * (piece.to - piece.from) : 0;
    },
  };
}

/** Solves `count` = from·t + (to − from)·t² / 2·seconds for t. */
function secondsUntil({ from, to, seconds }: Piece, count: number): number {
  if (from === to) return count / from;
  const growth = (to - from) / seconds;
  return (Math.sqrt(Math.max(0, from * from + 2 * growth * count)) - from) / growth;
}
