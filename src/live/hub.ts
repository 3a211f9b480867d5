import type { Logger } from 'pino';
import { formatPosition, type ParsedPosition } from '../contract/position.ts';
import { Attachment } from './attachment.ts';
import { type CircleEventBytes, findAcceptedAt, isUrgent, parsePublished } from './circle-event.ts';
import type { Connection } from './connection.ts';
import { encodeFrames } from './frame-encoder.ts';
import type { LiveMetrics } from './live-metrics.ts';
import { RecentEvents } from './recent-events.ts';
import type { RecentMemory } from './recent-memory.ts';
import type { ChannelListener } from './subscriptions.ts';
import type { TickWriter, UrgentHub } from './tick-writer.ts';

/** What all hubs of a gateway share. */
export interface HubHost {
  writer: TickWriter;
  metrics: LiveMetrics;
  maxPendingEvents: number;
  recentEvents: number;
  recentMemory: RecentMemory;
  now(): number;
  log: Pick<Logger, 'error'>;
  /** Makes a hub that is unsure sure again, see `hub-recovery.ts`. */
  recover(hub: Hub): void;
  /** The last connection left. */
  onEmpty(hub: Hub): void;
}

/**
 * One circle at this gateway. It takes the circle's events in the order of the feed and hands them to its connections, and it
 * knows when it cannot: `joining` until the subscription is confirmed, `unsure` after a gap, a new epoch or a lost
 * subscription. An unsure hub delivers nothing until membership and feed were read again.
 *
 * What stays true: `last` is null exactly as long as no attachment has a floor; what an attachment with a floor was told ends at
 * the greater of `last` and its floor; what is recent ends at `last`.
 */
export class Hub implements ChannelListener, UrgentHub {
  readonly circle: string;
  readonly attachments = new Set<Attachment>();
  state: 'joining' | 'live' | 'unsure' = 'joining';
  /** Whether the subscription stands. */
  isLinked = false;
  isRecovering = false;
  /** Counts what makes a snapshot worthless that is being read meanwhile. */
  generation = 0;
  last: ParsedPosition | null = null;
  /** The first catch-up of a circle, so that the others need none of their own. */
  warming: Promise<unknown> | null = null;
  /** Events that came while unsure. */
  arrived: CircleEventBytes[] = [];
  readonly #host: HubHost;
  #batch: CircleEventBytes[] = [];
  readonly #recent: RecentEvents;
  #reading = 0;

  constructor(host: HubHost, circle: string) {
    this.#host = host;
    this.circle = circle;
    this.#recent = new RecentEvents(host.recentMemory);
  }

  add(connection: Connection): Attachment {
    const attachment = new Attachment(this, connection);
    this.attachments.add(attachment);
    return attachment;
  }

  remove(attachment: Attachment): void {
    this.attachments.delete(attachment);
    if (this.attachments.size > 0) return;
    this.#recent.dropAll();
    this.#host.onEmpty(this);
  }

  /** The subscription is confirmed, for the first time or again. */
  onSubscribed(): void {
    if (this.isLinked) return;
    this.isLinked = true;
    this.generation += 1;
    if (this.state === 'joining') this.state = 'live';
    else this.becomeUnsure();
  }

  /** The subscriber connection is lost: events may go missing from now on. */
  onLinkLost(): void {
    this.isLinked = false;
    if (this.state === 'live') this.state = 'unsure';
  }

  becomeUnsure(): void {
    // What was accepted before the doubt is still sound, and floors may change after it.
    this.flush();
    this.state = 'unsure';
    this.#host.recover(this);
  }

  onMessage(message: Buffer): void {
    const events = parsePublished(message);
    if (events) for (const event of events) this.onEvent(event);
    else this.#host.log.error({ circle: this.circle }, 'published event cannot be read');
  }

  /** An event from the circle's channel. A removal takes effect at once, whatever the state. */
  onEvent(event: CircleEventBytes): void {
    if (event.kind === 'deleted') {
      for (const attachment of [...this.attachments]) attachment.cut();
      return;
    }
    if (event.kind === 'left') this.cutPerson(event);
    if (this.attachments.size === 0 || this.state === 'joining') return;
    if (this.state === 'unsure') this.#holdBack(event);
    else if (this.take(event) === 'gap') {
      this.#holdBack(event);
      this.becomeUnsure();
    }
  }

  /** Takes the next event of the feed. `'gap'` when it is not the next one; `'known'` when it was taken before. */
  take(event: CircleEventBytes): 'taken' | 'known' | 'gap' {
    if (this.last === null) {
      this.#recent.beginAfter(event.seq - 1);
    } else {
      if (event.epoch !== this.last.epoch) return 'gap';
      if (event.seq <= this.last.seq) return 'known';
      if (event.seq !== this.last.seq + 1) return 'gap';
    }
    // Not the event itself: it would keep the whole piece of memory alive that Redis sent it in.
    this.last = { epoch: event.epoch, seq: event.seq };
    this.#recent.add(event, this.#recentMost);
    if (this.#batch.push(event) === 1) this.#host.writer.addHub(this);
    if (isUrgent(event)) this.#host.writer.hurry(this);
    return 'taken';
  }

  /**
   * Whoever left is told nothing more, except where their snapshot is from after that: they are back already.
   * @returns the connections that were cut
   */
  cutPerson(event: CircleEventBytes): Connection[] {
    const cut: Connection[] = [];
    for (const attachment of [...this.attachments]) {
      const { connection, floor } = attachment;
      if (connection.person !== event.subject) continue;
      if (floor === null) attachment.mustReadAgain = true;
      else if (floor.epoch !== event.epoch || floor.seq < event.seq) {
        attachment.cut();
        cut.push(connection);
      }
    }
    return cut;
  }

  startReading(): void {
    this.#reading += 1;
  }

  stopReading(): void {
    this.#reading -= 1;
    this.#recent.trim(this.#recentMost);
  }

  /** Whether whoever is at `position` can be told here what came since, so that their membership is all that must be read. */
  knowsSince({ epoch, seq }: ParsedPosition): boolean {
    if (this.state !== 'live' || this.last === null) return false;
    return epoch === this.last.epoch && seq <= this.last.seq && this.#recent.reachesBackTo(seq);
  }

  /**
   * A snapshot at `position` is on its way to the connection, or it has all up to there: what came since follows, and from now
   * on events. @param read the feed that led to `position`, for others who come back
   * @returns false when this hub cannot tell what came since: the caller reads on from `position`
   */
  admit(attachment: Attachment, position: ParsedPosition, read?: { after: ParsedPosition; events: CircleEventBytes[] }): boolean {
    if (this.last === null) {
      this.last = position;
      this.#keepFromHere();
    }
    if (position.epoch !== this.last.epoch) {
      if (this.state === 'live') this.becomeUnsure();
      return false;
    }
    if (!this.#recent.reachesBackTo(position.seq)) return false;
    const missed = this.#recent.payloadsAfter(position.seq);
    if (missed.length > 0) attachment.connection.enqueueSnapshot(encodeFrames(missed), missed.length);
    attachment.floor = position.seq < this.last.seq ? this.last : position;
    if (read?.after.epoch === this.last.epoch) this.#recent.prepend(read.after.seq, read.events);
    return true;
  }

  /** Forgets what it knew; every attachment needs a new snapshot. */
  forget(): void {
    this.last = null;
    this.arrived = [];
    this.generation += 1;
    this.#batch = [];
    this.#keepFromHere();
    for (const attachment of this.attachments) attachment.floor = null;
  }

  /** Membership and feed were read again and everything that arrived was taken. */
  becomeLive(): void {
    this.state = 'live';
    this.#keepFromHere();
  }

  /**
   * Hands the events of this tick to the connections: encoded once, one buffer for all who are at the same place.
   * @returns how many deliveries that is
   */
  flush(): number {
    const batch = this.#batch;
    const first = batch[0];
    this.#batch = [];
    if (first === undefined || this.attachments.size === 0) return 0;
    const frames = encodeFrames(batch.map(({ payload }) => payload));
    let reached = 0;
    for (const { connection, floor } of this.attachments) {
      if (floor === null) continue;
      if (floor.seq < first.seq) {
        connection.enqueue(frames);
        reached += 1;
      } else this.#enqueueAfter(connection, batch, floor.seq);
    }
    this.#host.metrics.countSent(batch.length * reached, frames.length * reached);
    this.#observe(batch);
    return batch.length * reached;
  }

  flushConnections(): number {
    let writes = 0;
    for (const { connection } of this.attachments) writes += connection.flush();
    return writes;
  }

  /** Where the feed is to be read on from. */
  get lastPosition(): string | null {
    return this.last && formatPosition(this.last);
  }

  #holdBack(event: CircleEventBytes): void {
    // What is dropped leaves a gap before the next, so that the feed is read once more.
    if (this.arrived.length >= this.#host.maxPendingEvents) this.arrived = [];
    this.arrived.push(event);
  }

  /** While snapshots are being read, what they may not contain is kept; where the gateway lacks the memory, they are read on. */
  get #recentMost(): number {
    return this.#reading > 0 ? this.#host.maxPendingEvents : this.#host.recentEvents;
  }

  #keepFromHere(): void {
    this.#recent.beginAfter(this.last?.seq ?? 0);
  }

  #enqueueAfter(connection: Connection, events: CircleEventBytes[], afterSeq: number): void {
    const payloads = events.filter(({ seq }) => seq > afterSeq).map(({ payload }) => payload);
    if (payloads.length === 0) return;
    const frames = encodeFrames(payloads);
    this.#host.metrics.countSent(payloads.length, frames.length);
    connection.enqueue(frames);
  }

  #observe(batch: CircleEventBytes[]): void {
    const now = this.#host.now();
    for (const { kind, payload } of batch) {
      if (kind !== 'status') continue;
      const seconds = (now - findAcceptedAt(payload)) / 1_000;
      if (seconds >= 0) this.#host.metrics.observeDelivery(seconds);
    }
  }
}
