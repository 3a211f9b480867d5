import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { CLOSE } from '../contract/frames.ts';
import { parsePosition } from '../contract/position.ts';
import type { Attachment } from './attachment.ts';
import { encodeFrames, encodeText } from './frame-encoder.ts';
import type { Gate } from './gate.ts';
import type { Hub } from './hub.ts';
import type { LiveData } from './live-data.ts';

export interface SnapshotDeps {
  data: Pick<LiveData, 'readBoard' | 'readFeed'>;
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
}

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

async function readUntilAdmitted(
  hub: Hub,
  attachment: Attachment,
  startPosition: string,
  { data, gate }: SnapshotDeps,
): Promise<void> {
  const { connection } = attachment;
  let position = startPosition;
  for (let tries = 0; tries < TRIES_MAX; tries++) {
    if (tries > 0) await delay(RETRY_MS * tries, null, { ref: false });
    await connection.hasRoom();
    if (attachment.isDetached) return;
    const { generation } = hub;
    attachment.mustReadAgain = false;
    const snapshot = await gate.run(() => read(hub.circle, connection.person, position, data));
    if (attachment.isDetached) return;
    if (snapshot === 'not-member') {
      attachment.cut();
      return;
    }
    // Removed meanwhile, or subscribed anew: what was read may be from before that.
    if (attachment.mustReadAgain || generation !== hub.generation) continue;
    if (snapshot.count > 0) connection.enqueueSnapshot(snapshot.frames, snapshot.count);
    const reached = parsePosition(snapshot.position);
    if (reached && hub.admit(attachment, reached)) return;
    position = snapshot.position;
  }
  connection.close(CLOSE.unavailable);
}

async function read(
  circle: string,
  person: string,
  position: string,
  data: SnapshotDeps['data'],
): Promise<Snapshot | 'not-member'> {
  const feed = position === '' ? 'position-lost' : await data.readFeed(circle, position, person);
  if (feed === 'not-member') return feed;
  if (feed !== 'position-lost') {
    const frames = encodeFrames(feed.events.map(({ frame }) => Buffer.from(frame)));
    return { position: feed.position, frames, count: feed.events.length };
  }
  const board = await data.readBoard(person, circle);
  if (board === null) return 'not-member';
  return { position: board.position, frames: encodeText(JSON.stringify({ t: 'board', ...board })), count: 1 };
}
