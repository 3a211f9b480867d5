import type { Status } from '../../src/contract/statuses.ts';
import type { Judgement, Overtaken } from '../sink/ledger.ts';

/** One page of what a circle was shown of a member, newest first. */
export type ReadHistory = (
  circle: string,
  member: string,
  before: string | null,
) => Promise<{ statuses: Pick<Status, 'id' | 'condition'>[]; next: string | null }>;

/**
 * Asks the authors' histories for what a newer status may have overtaken: it is forgiven where it stands there, and lost
 * otherwise. *help* is never overtaken, so it is lost in any case.
 */
export async function judgeOvertaken<Judged extends Judgement>(judged: Judged, read: ReadHistory): Promise<Judged> {
  const groups = new Map<string, Overtaken[]>();
  for (const status of judged.overtaken) {
    const place = `${status.circle} ${status.author}`;
    groups.set(place, [...(groups.get(place) ?? []), status]);
  }
  const result = { ...judged, overtaken: [] as Overtaken[], lostExamples: [...judged.lostExamples] };
  for (const group of groups.values()) {
    const proven = await findInHistory(group, read);
    for (const status of group) {
      if (proven.has(status.id)) {
        result.overtaken.push(status);
        continue;
      }
      result.lost += status.sockets;
      result.lostExamples.push(`${status.id} in ${status.circle}: no socket was sent it, and it is not in the history`);
    }
  }
  return result;
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
