import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { CLOSE } from '../contract/frames.ts';
import { formatPosition, type ParsedPosition, parsePosition } from '../contract/position.ts';
import type { Attachment } from './attachment.ts';
import { type CircleEventBytes, parseFeedEvent } from './circle-event.ts';
import { encodeFrames, encodeText } from './frame-encoder.ts';
import type { Gate } from './gate.ts';
import type { Hub } from './hub.ts';
import type { LiveData } from './live-data.ts';

export interface SnapshotDeps {
  data: Pick<LiveData, 'readBoard' | 'readFeed' | 'membersAmong'>;
  /** Bounds how many are read at once, and with that the memory for boards on their way. */
  gate: Gate;
  log: Logger;
}

/** More than that, and the circle moves faster than it can be read: the client comes back later. */
const TRIES_MAX = 8;
const RETRY_MS = 10;

interface Snapshot {
  position: string;
  frames: Buffer;
  count: number;
  /** The events in it, for the hub to keep. */
  read?: { after: ParsedPosition; events: CircleEventBytes[] };
  /** Nothing was read: the hub tells what came since. */
  isFromMemory?: true;
}

const NO_FRAMES = Buffer.alloc(0);

/**
 * Brings one attachment to where its hub is: the events after `position`, or the board where that is empty or lost, then what
 * came meanwhile. Resolves when the attachment is being told events, or was cut or closed; never rejects.
 */
export async function readSnapshot(
  hub: Hub,
  attachment: Attachment,
  position: string,
  subscribed: Promise<unknown>,
  deps: SnapshotDeps,
): Promise<void> {
  const { connection } = attachment;
  hub.startReading();
  try {
    await subscribed;
    await connection.inTurn(() => readUntilAdmitted(hub, attachment, position, deps));
  } catch (err) {
    deps.log.warn({ err, circle: hub.circle }, 'snapshot could not be read');
    if (!attachment.isDetached) connection.close(CLOSE.unavailable);
  } finally {
    hub.stopReading();
  }
}

async function readUntilAdmitted(hub: Hub, attachment: Attachment, startPosition: string, deps: SnapshotDeps): Promise<void> {
  const { connection } = attachment;
  let position = startPosition;
  for (let tries = 0; tries < TRIES_MAX; tries++) {
    if (tries > 0) await delay(RETRY_MS * tries, null, { ref: false });
    await connection.hasRoom();
    // The first to read a circle has those wait who need the same: they will find it in the hub.
    if (tries === 0 && position !== '' && hub.warming) await hub.warming;
    if (attachment.isDetached) return;
    const reached = await warmUp(hub, readOnce(hub, attachment, position, deps));
    if (reached === 'done') return;
    position = reached;
  }
  connection.close(CLOSE.unavailable);
}

function warmUp<T>(hub: Hub, reading: Promise<T>): Promise<T> {
  if (hub.last !== null || hub.warming !== null) return reading;
  const end = () => {
    hub.warming = null;
  };
  hub.warming = reading.then(end, end);
  return reading;
}

/** One try. @returns where the client is now, when that is not enough: it must be read on from there */
async function readOnce(
  hub: Hub,
  attachment: Attachment,
  position: string,
  { data, gate }: SnapshotDeps,
): Promise<'done' | string> {
  const { circle, generation } = hub;
  const { connection } = attachment;
  const { person } = connection;
  attachment.mustReadAgain = false;
  const from = parsePosition(position);
  const snapshot =
    from && hub.knowsSince(from)
      ? await readMembership(circle, person, from, data)
      : await gate.run(() => read(circle, person, position, data));
  if (attachment.isDetached) return 'done';
  if (snapshot === 'not-member') {
    attachment.cut();
    return 'done';
  }
  // Removed meanwhile, or subscribed anew: what was read may be from before that.
  if (attachment.mustReadAgain || generation !== hub.generation) return position;
  const reached = parsePosition(snapshot.position);
  // Nothing was read that could fill a hole: only while memory still goes back so far.
  if (snapshot.isFromMemory && !(reached && hub.knowsSince(reached))) return position;
  if (snapshot.count > 0) connection.enqueueSnapshot(snapshot.frames, snapshot.count);
  return reached && hub.admit(attachment, reached, snapshot.read) ? 'done' : snapshot.position;
}

/** For whoever comes back while the gateway knows all that came since: nothing is read but whether it may be told. */
async function readMembership(
  circle: string,
  person: string,
  from: ParsedPosition,
  data: SnapshotDeps['data'],
): Promise<Snapshot | 'not-member'> {
  const joinedSeq = (await data.membersAmong(circle, [person])).get(person);
  if (joinedSeq === undefined) return 'not-member';
  // A position from before the person came (back) is lost: what was told in between is not theirs.
  if (from.seq < joinedSeq) return readBoard(circle, person, data);
  return { position: formatPosition(from), frames: NO_FRAMES, count: 0, isFromMemory: true };
}

async function read(
  circle: string,
  person: string,
  position: string,
  data: SnapshotDeps['data'],
): Promise<Snapshot | 'not-member'> {
  const after = parsePosition(position);
  const feed = after === null ? 'position-lost' : await data.readFeed(circle, position, person);
  if (feed === 'not-member') return feed;
  if (after === null || feed === 'position-lost') return readBoard(circle, person, data);
  const events = feed.events.map(parseFeedEvent).filter((event) => event !== null);
  return {
    position: feed.position,
    frames: encodeFrames(events.map(({ payload }) => payload)),
    count: events.length,
    read: { after, events },
  };
}

async function readBoard(circle: string, person: string, data: SnapshotDeps['data']): Promise<Snapshot | 'not-member'> {
  const board = await data.readBoard(person, circle);
  if (board === null) return 'not-member';
  return { position: board.position, frames: encodeText(JSON.stringify({ t: 'board', ...board })), count: 1 };
}
