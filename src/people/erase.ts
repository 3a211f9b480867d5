import type { CircleStore } from '../store/circles.ts';
import type { DueAlertStore } from '../store/due-alerts.ts';
import type { MemberStore } from '../store/members.ts';
import type { PeopleStore } from '../store/people.ts';
import type { SessionStore } from '../store/sessions.ts';
import type { StatusStore } from '../store/statuses.ts';

export interface EraseOptions {
  circles: CircleStore;
  dueAlerts: Pick<DueAlertStore, 'add' | 'findOpen'>;
  members: MemberStore;
  people: PeopleStore;
  sessions: SessionStore;
  statuses: StatusStore;
  now: () => Date;
}

/** More than the own list ever holds. */
const ALL = 10_000;

/**
 * Takes an erased person out of every circle (board, feed, history; also where it remembers that they were removed), forgets their
 * statuses, and at last the account itself.
 * A call of theirs that was under way may still leave a status, a circle or a membership behind. Their own lists lead there, so the
 * list of statuses stays until the last time.
 * Safe to repeat: each step finds nothing left the second time, and the list of circles goes last.
 */
export async function erasePerson(
  person: string,
  { circles, dueAlerts, members, people, sessions, statuses, now }: EraseOptions,
  isLast = false,
): Promise<void> {
  await people.markErased(person, now());
  await sessions.endAll(person);
  const [own, removedFrom] = await Promise.all([circles.listIds(person), circles.listRemovedFrom(person)]);
  for (const circle of new Set([...own, ...removedFrom])) {
    // Their status may have opened the window before a crash that left it unscheduled, and cannot come again: it is forgotten.
    const open = await dueAlerts.findOpen(circle);
    if (open) await dueAlerts.add(open);
    const outcome = await members.remove(circle, person, 'erase');
    if (outcome === 'empty') await circles.remove(circle);
  }
  // The own list is written before a commit decides whose an id is: what another person posted may stand on it.
  const records = await statuses.readMany(await statuses.listOwn(person, ALL));
  await statuses.forget(records.flatMap((record) => (record?.author === person ? [record.id] : [])));
  if (isLast) await statuses.forgetOwn(person);
  await people.remove(person);
  await people.forgetErasing(person);
}
