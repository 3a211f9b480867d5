import type { CircleEventBytes } from './circle-event.ts';

interface KeptEvent {
  epoch: string;
  seq: number;
  kind: string;
  subject: string;
  /** The payload's bytes, one character each: a buffer would keep the whole piece of memory alive that Redis sent it in. */
  bytes: string;
}

/** The newest events of one circle without a hole: all after `from`. For whoever comes back and has what came before. */
export class RecentEvents {
  #events: KeptEvent[] = [];
  #from = 0;

  /** Forgets everything; the next event is the one after `seq`. */
  beginAfter(seq: number): void {
    this.#events = [];
    this.#from = seq;
  }

  /** Adds the next event, and forgets the oldest where that makes more than `most`. */
  add(event: CircleEventBytes, most: number): void {
    if (event.kind === 'retracted') this.#retract(event);
    this.#events.push(toKept(event));
    this.trim(most);
  }

  /** Takes what was read of the feed from `seq` on, where it reaches up to what is here. */
  prepend(seq: number, events: CircleEventBytes[]): void {
    if (seq >= this.#from) return;
    this.#events = [...events.filter((event) => event.seq <= this.#from).map(toKept), ...this.#events];
    this.#from = seq;
  }

  trim(most: number): void {
    while (this.#events.length > most) this.#from = this.#events.shift()?.seq ?? this.#from;
  }

  /** Whether everything after `seq` is here. */
  reachesBackTo(seq: number): boolean {
    return seq >= this.#from;
  }

  /** Payloads of the events after `seq`, oldest first. */
  payloadsAfter(seq: number): Buffer[] {
    return this.#events.filter((event) => event.seq > seq).map(({ bytes }) => Buffer.from(bytes, 'latin1'));
  }

  /** A retracted status is not told again: in its place stands the retraction, as in the feed (`store/feeds.ts`). */
  #retract({ subject, payload }: CircleEventBytes): void {
    const kept = this.#events.find(({ kind, subject: id }) => kind === 'status' && id === subject);
    if (!kept) return;
    const { circle, author } = JSON.parse(payload.toString()) as { circle: string; author: string };
    const told = { t: 'retracted', circle, position: `${kept.epoch}-${kept.seq}`, id: subject, author, status: null };
    kept.kind = 'retracted';
    kept.bytes = JSON.stringify(told);
  }
}

function toKept({ epoch, seq, kind, subject, payload }: CircleEventBytes): KeptEvent {
  return { epoch, seq, kind, subject, bytes: payload.toString('latin1') };
}
