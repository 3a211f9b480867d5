import { LAG_SECONDS } from '../../src/contract/limits.ts';
import type { Status } from '../../src/contract/statuses.ts';
import { type Wait, type Waits, wasLate } from '../lib/waits.ts';
import type { Reading } from '../run/sampler.ts';
import type { Judgement, Overtaken } from '../sink/ledger.ts';

/** One page of what a circle was shown of a member, newest first. */
export type ReadHistory = (
  circle: string,
  member: string,
  before: string | null,
) => Promise<{ statuses: Pick<Status, 'id' | 'condition'>[]; next: string | null }>;

/**
 * Forgives what a newer status may have overtaken where it was late by then and stands in its author's history; it is lost
 * otherwise. *help* is never overtaken, so it is lost in any case. `waits`: what shows that the service was late, see `findWaits`.
 */
export async function judgeOvertaken<Judged extends Judgement>(
  judged: Judged,
  read: ReadHistory,
  waits: readonly Wait[] = [],
): Promise<Judged> {
  const groups = new Map<string, Overtaken[]>();
  const result = { ...judged, overtaken: [] as Overtaken[], lostExamples: [...judged.lostExamples] };
  const lose = (status: Overtaken, why: string) => {
    result.lost += status.sockets;
    result.lostExamples.push(`${status.id} in ${status.circle}: no socket was sent it, and ${why}`);
  };
  for (const status of judged.overtaken) {
    if (!wasLate(status, waits)) {
      lose(status, `nothing waited for ${LAG_SECONDS} s then`);
      continue;
    }
    const place = `${status.circle} ${status.author}`;
    groups.set(place, [...(groups.get(place) ?? []), status]);
  }
  for (const group of groups.values()) {
    const proven = await findInHistory(group, read);
    for (const status of group) {
      if (proven.has(status.id)) result.overtaken.push(status);
      else lose(status, 'it is not in the history');
    }
  }
  return result;
}

/**
 * What shows that the service was late: what the sink's sockets saw, and what the service's own gauge said. What waited at one
 * reading may have waited until the next. By the service's clock, in ms; without a gauge the sockets' word alone counts.
 */
export function findWaits({ waits, clockAheadMs }: Waits, readings: readonly Pick<Reading, 'at' | 'lagSeconds'>[]): Wait[] {
  const told = readings.flatMap(({ at, lagSeconds }, index) => {
    if (lagSeconds === null || lagSeconds === 0) return [];
    const until = readings[index + 1]?.at ?? at;
    return [{ from: at - lagSeconds * 1_000 - clockAheadMs, until: until - clockAheadMs }];
  });
  return [...waits, ...told.filter(({ from, until }) => until - from > LAG_SECONDS * 1_000)];
}

/** Which of one author's statuses stand in their history of one circle, as something else than *help*. */
async function findInHistory(group: readonly Overtaken[], read: ReadHistory): Promise<Set<string>> {
  const [first] = group;
  const found = new Set<string>();
  if (!first) return found;
  const wanted = new Set(group.map(({ id }) => id));
  let before: string | null = null;
  do {
    const page: Awaited<ReturnType<ReadHistory>> = await read(first.circle, first.author, before);
    for (const { id, condition } of page.statuses) if (wanted.has(id) && condition !== 'help') found.add(id);
    before = page.next;
  } while (before !== null && found.size < wanted.size);
  return found;
}
