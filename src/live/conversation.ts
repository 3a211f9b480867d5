import type { Logger } from 'pino';
import { CLOSE } from '../contract/frames.ts';
import { parseClientFrame } from './client-frames.ts';
import type { Connection } from './connection.ts';
import type { Hubs } from './hubs.ts';
import type { LiveData } from './live-data.ts';

export interface ConversationDeps {
  data: LiveData;
  hubs: Hubs;
  log: Logger;
  now(): number;
}

export type Conversation = ReturnType<typeof createConversation>;

/** What is said between one client and the gateway, in this order: `hello`, `sync`, snapshots, `synced`, events. */
export function createConversation({ data, hubs, log, now }: ConversationDeps) {
  /**
   * Says hello. The session is asked for once more: the connection is on the roster now, so an end of the session reaches it
   * from here on, and this read covers what came before.
   */
  async function greet(connection: Connection): Promise<void> {
    const { person, session } = connection;
    try {
      const [alive, circles] = await Promise.all([data.liveSessions([{ session, person }]), data.listCircles(person)]);
      if (!connection.isOpen) return;
      if (!alive.has(session)) return connection.close(CLOSE.signedOut);
      connection.circles = [...new Set([...circles.map(({ id }) => id), ...connection.circles])];
      connection.send({ t: 'hello', person, circles, serverTime: new Date(now()).toISOString() });
      connection.phase = 'greeted';
      if (connection.waitingSync) await syncAll(connection);
    } catch (err) {
      fail(connection, err);
    }
  }

  function onFrame(connection: Connection, frame: Buffer, isBinary: boolean): void {
    if (!connection.isOpen) return;
    connection.isAlive = true;
    if (!connection.mayReceive()) {
      connection.close(CLOSE.tooMany);
      return;
    }
    const parsed = isBinary ? null : parseClientFrame(frame);
    if (parsed === null) {
      connection.close(CLOSE.badFrame);
      return;
    }
    if (parsed.t === 'visible') {
      // Lost, it costs a digest that was not needed: not worth the connection.
      const { person, session } = connection;
      data.setVisible(person, session, parsed.value).catch((err: unknown) => log.debug({ err, person }, 'presence'));
      return;
    }
    if (parsed.t === 'footprints') {
      // A report is a hint: refused, it is not worth the connection either.
      const { person } = connection;
      data
        .leaveFootprints(person, parsed.circle, parsed.statuses)
        .catch((err: unknown) => log.debug({ err, person }, 'footprints'));
      return;
    }
    connection.isOwnOnly = parsed.own === true;
    connection.waitingSync = parsed.positions;
    if (connection.phase !== 'greeting' && !connection.isSyncing)
      syncAll(connection).catch((err: unknown) => fail(connection, err));
  }

  /** Works off the newest sync until none is waiting; a client that sends many at once is not read more than one at a time. */
  async function syncAll(connection: Connection): Promise<void> {
    connection.isSyncing = true;
    try {
      for (;;) {
        const positions = connection.waitingSync;
        if (positions === null || !connection.isOpen) return;
        connection.waitingSync = null;
        connection.syncs += 1;
        await sync(connection, positions);
        connection.send({ t: 'synced' });
      }
    } finally {
      connection.isSyncing = false;
    }
  }

  async function sync(connection: Connection, positions: Record<string, string>): Promise<void> {
    const known = connection.phase === 'synced' ? connection.attachments.map(({ circle }) => circle) : connection.circles;
    connection.phase = 'synced';
    connection.circles = [];
    if (connection.isOwnOnly) {
      for (const attachment of [...connection.attachments]) attachment.detach();
      return;
    }
    const strange = Object.keys(positions).filter((circle) => !known.includes(circle));
    await Promise.all([
      ...known.map((circle) => hubs.attach(connection, circle, positions[circle] ?? '')),
      ...strange.map((circle) => attachStrange(connection, circle, positions[circle] ?? '')),
    ]);
  }

  /** A circle that only the client knows of: it was removed, or has joined this very moment. Strangers do not cause subscriptions. */
  async function attachStrange(connection: Connection, circle: string, position: string): Promise<void> {
    const members = await data.membersAmong(circle, [connection.person]);
    if (!connection.isOpen || connection.findAttachment(circle)) return;
    if (members.has(connection.person)) await hubs.attach(connection, circle, position);
    else connection.send({ t: 'left', circle });
  }

  function fail(connection: Connection, err: unknown): void {
    log.warn({ err, person: connection.person }, 'live connection');
    connection.close(CLOSE.unavailable);
  }

  /** The person joined a circle elsewhere, in another tab, on another phone, or while nobody listened. */
  function onJoined(connection: Connection, circle: string): void {
    if (connection.phase === 'synced' && connection.isOwnOnly) return;
    if (connection.phase === 'synced') hubs.attachJoined(connection, circle);
    else if (!connection.circles.includes(circle)) connection.circles.push(circle);
  }

  return { greet, onFrame, onJoined };
}
