import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { CLOSE, type ServerFrame } from '../contract/frames.ts';
import { DELIVERY_NOTICES_WAITING_MAX } from '../contract/limits.ts';
import { chooseRetryWait, type Waits } from '../contract/send-again.ts';
import { type DeliveryNotice, parseControlMessage } from '../store/control-messages.ts';
import type { Conversation } from './conversation.ts';
import { Gate } from './gate.ts';
import type { LiveData } from './live-data.ts';
import type { Roster } from './roster.ts';
import type { ChannelListener } from './subscriptions.ts';

export interface ControlDeps {
  data: Pick<LiveData, 'liveSessions' | 'listCircles' | 'readDelivery'>;
  roster: Roster;
  conversation: Pick<Conversation, 'onJoined'>;
  gate: Gate;
  log: Logger;
}

/** Statuses whose progress is read at once: they must not stand before boards and sessions, which have the gate of the gateway. */
const NOTICES_PER_READ = 8;
/** Sessions asked for at once: one pipeline of a few milliseconds. */
const SESSIONS_PER_READ = 200;
/** Between tries while Redis is away. */
const RETRY: Waits = { firstMs: 50, longestMs: 1_000 };

/**
 * The channel that every gateway listens to: sessions that end, people who join a circle elsewhere. It has no positions, so
 * after every (re)subscription all that it might have said is read again: each held session, each person's circles.
 */
export class ControlChannel implements ChannelListener {
  readonly #deps: ControlDeps;
  readonly #notices = new Gate(NOTICES_PER_READ);
  readonly #helpNotices = new Gate(NOTICES_PER_READ);
  #isLinked = false;
  #isChecking = false;
  /** Counts confirmations: a check that began before the newest one is not enough. */
  #generation = 0;

  constructor(deps: ControlDeps) {
    this.#deps = deps;
  }

  onMessage(message: Buffer): void {
    const told = parseControlMessage(message);
    const { roster, conversation, log } = this.#deps;
    if (told === null) log.error('control message cannot be read');
    else if (told.t === 'session-ended') {
      for (const connection of roster.ofSession(told.session)) connection.close(CLOSE.signedOut);
    } else if (told.t === 'delivery') {
      for (const notice of told.notices) this.#passOn(notice);
    } else {
      for (const connection of roster.ofPerson(told.person)) conversation.onJoined(connection, told.circle);
    }
  }

  onSubscribed(): void {
    if (this.#isLinked) return;
    this.#isLinked = true;
    this.#generation += 1;
    this.#check().catch((err: unknown) => this.#deps.log.error({ err }, 'control check'));
  }

  onLinkLost(): void {
    this.#isLinked = false;
  }

  /**
   * To the author alone, and only where they are here to be told. Read once for all of their sockets. What is more than can be
   * read soon is dropped, for the next look shows it; calls for help never are, and wait for none but each other.
   */
  #passOn({ status, author, isHelp }: DeliveryNotice): void {
    const { data, roster, log } = this.#deps;
    if (roster.ofPerson(author).length === 0) return;
    const gate = isHelp ? this.#helpNotices : this.#notices;
    if (!isHelp && gate.waiting >= DELIVERY_NOTICES_WAITING_MAX) return;
    gate
      .run(() => data.readDelivery(author, status))
      .then((delivery) => {
        if (!delivery) return;
        const frame: ServerFrame = delivery === 'withdrawn' ? { t: 'withdrawn', status } : { t: 'footprint', status, delivery };
        for (const connection of roster.ofPerson(author)) if (connection.phase === 'synced') connection.send(frame);
      })
      .catch((err: unknown) => log.debug({ err, person: author }, 'delivery notice'));
  }

  async #check(): Promise<void> {
    if (this.#isChecking) return;
    this.#isChecking = true;
    try {
      for (let tries = 0; this.#isLinked; tries++) {
        const generation = this.#generation;
        try {
          await this.#checkSessions();
          await this.#checkCircles();
          if (generation === this.#generation) return;
        } catch (err) {
          this.#deps.log.warn({ err }, 'sessions could not be checked yet');
          await delay(chooseRetryWait(RETRY, tries), null, { ref: false });
        }
      }
    } finally {
      this.#isChecking = false;
    }
  }

  async #checkSessions(): Promise<void> {
    const { data, roster, gate } = this.#deps;
    const connections = roster.list();
    for (let start = 0; start < connections.length; start += SESSIONS_PER_READ) {
      const some = connections.slice(start, start + SESSIONS_PER_READ);
      const alive = await gate.run(() => data.liveSessions(some.map(({ session, person }) => ({ session, person }))));
      for (const connection of some) if (!alive.has(connection.session)) connection.close(CLOSE.signedOut);
    }
  }

  async #checkCircles(): Promise<void> {
    const { data, roster, gate, conversation } = this.#deps;
    const check = async (person: string) => {
      const circles = await gate.run(() => data.listCircles(person));
      for (const connection of roster.ofPerson(person)) {
        for (const { id } of circles) if (!connection.findAttachment(id)) conversation.onJoined(connection, id);
      }
    };
    await Promise.all(roster.people().map(check));
  }
}
