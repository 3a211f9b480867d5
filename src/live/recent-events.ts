import type { CircleEventBytes } from './circle-event.ts';
import type { EventKeeper, RecentMemory } from './recent-memory.ts';

interface KeptEvent {
  epoch: string;
  seq: number;
  kind: string;
  subject: string;
  /** The payload's bytes, one character each: a buffer would keep the whole piece of memory alive that Redis sent it in. */
  bytes: string;
  /** When it was taken (ms). */
  at: number;
}

/** What a kept event takes beside its payload, as reckoned against the gateway's memory: the object and its short strings. */
const EVENT_BYTES = 256;

/** The newest events of one circle without a hole: all after `from`. For whoever comes back and has what came before. */
export class RecentEvents implements EventKeeper {
  readonly #memory: RecentMemory;
  #events: KeptEvent[] = [];
  #from = 0;

  constructor(memory: RecentMemory) {
    this.#memory = memory;
  }

  /** Forgets everything; the next event is the one after `seq`. */
  beginAfter(seq: number): void {
    this.dropAll();
    this.#from = seq;
  }

  /** Adds the next event, and forgets the oldest where that makes more than `most`. */
  add(event: CircleEventBytes, most: number): void {
    const kept = this.#toKept(event);
    if (kept.kind === 'retracted') this.#retract(kept);
    this.#events.push(kept);
    this.#memory.heard(this, sizeOf(kept));
    this.trim(most);
  }

  /** Takes what was read of the feed from `seq` on, where it reaches up to what is here. */
  prepend(seq: number, events: CircleEventBytes[]): void {
    if (seq >= this.#from) return;
    const older = events.filter((event) => event.seq <= this.#from).map((event) => this.#toKept(event));
    // What was read may be from before a retraction that is here.
    const retractions = this.#events.filter(({ kind }) => kind === 'retracted');
    this.#events = [...older, ...this.#events];
    this.#from = seq;
    if (older.length === 0) return;
    this.#memory.heard(this, sum(older));
    for (const retraction of retractions) this.#retract(retraction);
  }

  /** Forgets the oldest where there are more than `most`, and what is too old. */
  trim(most: number): void {
    const { oldest } = this.#memory;
    let count = Math.max(0, this.#events.length - most);
    while ((this.#events[count]?.at ?? oldest) < oldest) count++;
    this.#drop(count);
  }

  dropAll(): void {
    this.#drop(this.#events.length);
  }

  /** Whether everything after `seq` is here. */
  reachesBackTo(seq: number): boolean {
    return seq >= this.#from;
  }

  /** Payloads of the events after `seq`, oldest first. */
  payloadsAfter(seq: number): Buffer[] {
    return this.#events.filter((event) => event.seq > seq).map(({ bytes }) => Buffer.from(bytes, 'latin1'));
  }

  #drop(count: number): void {
    if (count === 0) return;
    const dropped = this.#events.splice(0, count);
    this.#from = dropped.at(-1)?.seq ?? this.#from;
    this.#memory.free(this, sum(dropped));
  }

  /** A retracted status is not told again: in its place stands the retraction, as in the feed (`store/feeds.ts`). */
  #retract({ subject, bytes }: KeptEvent): void {
    const kept = this.#events.find(({ kind, subject: id }) => kind === 'status' && id === subject);
    if (!kept) return;
    const { circle, author } = JSON.parse(Buffer.from(bytes, 'latin1').toString()) as { circle: string; author: string };
    const told = { t: 'retracted', circle, position: `${kept.epoch}-${kept.seq}`, id: subject, author, status: null };
    const before = sizeOf(kept);
    kept.kind = 'retracted';
    kept.bytes = JSON.stringify(told);
    this.#memory.free(this, before - sizeOf(kept));
  }

  #toKept({ epoch, seq, kind, subject, payload }: CircleEventBytes): KeptEvent {
    return { epoch, seq, kind, subject, bytes: payload.toString('latin1'), at: this.#memory.now() };
  }
}

function sizeOf({ bytes }: KeptEvent): number {
  return bytes.length + EVENT_BYTES;
}

function sum(events: KeptEvent[]): number {
  return events.reduce((bytes, event) => bytes + sizeOf(event), 0);
}
