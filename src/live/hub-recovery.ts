import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { chooseRetryWait, type Waits } from '../contract/send-again.ts';
import type { Attachment } from './attachment.ts';
import { parseFeedEvent } from './circle-event.ts';
import type { Connection } from './connection.ts';
import type { Gate } from './gate.ts';
import type { Hub } from './hub.ts';
import type { LiveData } from './live-data.ts';

export interface RecoveryDeps {
  data: Pick<LiveData, 'membersAmong' | 'readFeed'>;
  /** Bounds how many circles are read at once: after a lost connection it is all of them. */
  gate: Gate;
  log: Logger;
  /** Starts a new snapshot for an attachment that was being told events. */
  readAnew(attachment: Attachment): void;
  /** Whoever was removed and came back while nobody listened: a new beginning. */
  joinAgain(connection: Connection, circle: string): void;
}

/** Between tries while Redis is away. The upper end bounds how long a circle stays silent once Redis is back. */
const RETRY: Waits = { firstMs: 20, longestMs: 1_000 };

/**
 * Makes an unsure hub sure again, however long that takes: reads who is still a member and cuts the others, then reads the feed
 * from the last position, then goes on with what arrived meanwhile. Where that part of the feed is lost, everybody gets a new
 * board. Ends without success only when the hub has no attachments, or no subscription: the next confirmation starts it again.
 */
export async function recoverHub(hub: Hub, deps: RecoveryDeps): Promise<void> {
  if (hub.isRecovering) return;
  hub.isRecovering = true;
  try {
    for (let tries = 0; hub.isLinked && hub.attachments.size > 0; tries++) {
      if (tries > 0) await delay(chooseRetryWait(RETRY, tries), null, { ref: false });
      try {
        if (await readAgain(hub, deps)) return;
      } catch (err) {
        deps.log.warn({ err, circle: hub.circle }, 'circle could not be read again yet');
      }
    }
  } finally {
    hub.isRecovering = false;
  }
}

/** One try. False when something moved in between. */
async function readAgain(hub: Hub, { data, gate, readAnew, joinAgain }: RecoveryDeps): Promise<boolean> {
  const { generation } = hub;
  const isOutdated = () => generation !== hub.generation || !hub.isLinked;
  const told = [...hub.attachments].filter(({ floor }) => floor !== null);
  const people = [...new Set(told.map(({ connection }) => connection.person))];
  const from = hub.lastPosition;
  if (from === null || people.length === 0) return startAfresh(hub, readAnew);

  const members = await gate.run(() => data.membersAmong(hub.circle, people));
  if (isOutdated()) return false;
  for (const attachment of told) {
    if (!members.has(attachment.connection.person)) attachment.cut();
  }
  const nowTold = [...hub.attachments].filter(({ floor }) => floor !== null);
  const reader = nowTold.find(({ connection }) => members.has(connection.person));
  // Those who came meanwhile were not asked for: once more, with them.
  if (!reader) return nowTold.length === 0 && startAfresh(hub, readAnew);

  const answer = await gate.run(() => data.readFeed(hub.circle, from, reader.connection.person));
  if (isOutdated() || answer === 'not-member') return false;
  if (answer === 'position-lost') return startAfresh(hub, readAnew);
  const events = answer.events.map(parseFeedEvent).filter((event) => event !== null);

  // Removals first: nobody gets by replay what was said before they were removed.
  for (const event of events) {
    if (event.kind !== 'left') continue;
    const isBack = events.some(({ kind, subject, seq }) => kind === 'joined' && subject === event.subject && seq > event.seq);
    for (const connection of hub.cutPerson(event)) if (isBack) joinAgain(connection, hub.circle);
  }
  if (events.some((event) => hub.take(event) === 'gap')) return startAfresh(hub, readAnew);
  const { arrived } = hub;
  hub.arrived = [];
  for (const [index, event] of arrived.entries()) {
    if (hub.take(event) !== 'gap') continue;
    hub.arrived = arrived.slice(index);
    return false;
  }
  hub.becomeLive();
  return true;
}

/** Nobody was told anything that must be continued, or it cannot be continued: everybody who was told events gets a snapshot. */
function startAfresh(hub: Hub, readAnew: RecoveryDeps['readAnew']): true {
  const told = [...hub.attachments].filter(({ floor }) => floor !== null);
  hub.forget();
  hub.becomeLive();
  for (const attachment of told) readAnew(attachment);
  return true;
}
