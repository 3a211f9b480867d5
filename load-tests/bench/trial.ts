import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Histogram } from '../instruments/histogram.ts';
import { type Contender, type Running, scriptPath } from './contenders/contender.ts';
import type { CountReport, LedgerReport, PosterOrder, PostReport, ReceiverOrder } from './generator/orders.ts';
import { Child } from './lib/child.ts';
import { monotonicMicros } from './lib/clock.ts';
import { sumCpuSeconds, sumMemoryMib } from './lib/usage.ts';
import type { Shape } from './lib/world.ts';

/** What one step at one rate came to. Latencies in milliseconds from when a post was due; CPU of the contender with its Redis. */
export interface Step {
  rate: number;
  seconds: number;
  posted: number;
  accepted: number;
  /** Without a 202. */
  refused: number;
  /** Deliveries that a member's socket lacks, and that one had more than once: counted by socket and post. */
  lost: number;
  doubled: number;
  /** Deliveries to somebody who is in none of the circle, since the sockets were opened. */
  strangers: number;
  /** Sockets that the contender closed, since it was started; what they miss counts as lost. */
  closed: number;
  p50: number;
  p99: number;
  acceptP99: number;
  /** From when the last post was due to the last delivery. */
  drainMs: number;
  /** Posts that were sent once more, for want of a confirmation; only an overload does that. */
  again: number;
  /** Statuses that nobody heard of because everybody heard of a newer one of the same person: not lost, but no step held that had one. */
  overtaken: number;
  /** *help* while the others were late by as much as was asked for, and how late those were at most. */
  help: { deliveries: number; p50: number; p99: number };
  othersBehindMs: number;
  cpuSeconds: Record<string, number>;
  /** Share of their time that poster and receiver were busy: near 1, they were what limited the step. */
  posterBusy: number;
  receiverBusy: number;
  isSaturated: boolean;
  isHeld: boolean;
}

/** The knee's condition: nine hundred and ninety in a thousand deliveries within this. */
const P99_LIMIT_MS = 1_000;
/** No backlog: what is left at the end is gone within this. */
const DRAIN_LIMIT_MS = 1_000;
/** A step that is so long without a delivery has delivered what it will; a sweeper may be what brings the rest. */
const QUIET_MS = 10_000;
/** Without sockets: the fan-out has done its part. */
const NOBODY_LISTENS_MS = 4_000;
const POLL_MS = 20;
/** How a step may differ from a measured one. */
export interface StepOptions {
  /** More than the program can hold: the poster goes on whatever waits, and posts again what was not confirmed. */
  isOverload?: boolean;
  /** Every so-manieth post is a *help*, which is counted apart while the others are `behindMs` late. */
  helpEvery?: number;
  behindMs?: number;
}

/** A fresh process compiles while it works: its first thousands of posts cost nearly twice as much, whoever wrote it. */
const SETTLE_RATE = 1_000;
/** Posts before the sockets come, so that first times (scripts, caches, a circle's new epoch) are no part of a measurement. */
const WARM_RATE = 400;

/** One contender, started once, with its sockets open: steps at any rate, one after the other. */
export class Trial {
  readonly running: Running;
  readonly #shape: Shape;
  readonly #overtakes: boolean;
  readonly #dir: string;
  readonly #poster: Child<PosterOrder>;
  readonly #receiver: Child<ReceiverOrder>;
  #next = 0;
  #isListening = false;

  private constructor(
    running: Running,
    { shape, overtakes }: { shape: Shape; overtakes: boolean },
    dir: string,
    poster: Child<PosterOrder>,
    receiver: Child<ReceiverOrder>,
  ) {
    this.running = running;
    this.#shape = shape;
    this.#overtakes = overtakes;
    this.#dir = dir;
    this.#poster = poster;
    this.#receiver = receiver;
  }

  static async start(contender: Contender, shape: Shape): Promise<Trial> {
    const dir = mkdtempSync(join(tmpdir(), `buji-bench-${contender.name}-`));
    const running = await contender.start(dir, shape);
    const poster = new Child<PosterOrder>(scriptPath('generator/poster.ts'));
    const receiver = new Child<ReceiverOrder>(scriptPath('generator/receiver.ts'));
    const { world, postPort, livePort } = running;
    const setup = { kind: 'setup', dialect: contender.dialect, world, shape } as const;
    await Promise.all([poster.ask({ ...setup, port: postPort }), receiver.ask({ ...setup, port: livePort })]);
    return new Trial(running, { shape, overtakes: contender.overtakes === true }, dir, poster, receiver);
  }

  /** One post to each circle that is posted to, before anybody listens. */
  async warmUp(): Promise<void> {
    const { groups, activeGroups = groups, circlesEach } = this.#shape;
    const posts = activeGroups * circlesEach;
    await this.#poster.ask<PostReport>({ kind: 'post', rate: WARM_RATE * 2, seconds: posts / (WARM_RATE * 2), first: 0 });
    this.#next = posts;
    await delay(2_000);
  }

  /** Opens the sockets of these people. @returns MiB of all processes before and after, and what each process has more */
  async connect(from: number, to: number): Promise<{ beforeMib: number; afterMib: number; moreMib: Record<string, number> }> {
    const before = this.#memory();
    this.#isListening = true;
    await this.#receiver.ask({ kind: 'connect', from, to });
    await delay(1_000);
    const after = this.#memory();
    const moreMib = Object.fromEntries(Object.entries(after).map(([name, mib]) => [name, mib - (before[name] ?? 0)]));
    return { beforeMib: sumOf(before), afterMib: sumOf(after), moreMib };
  }

  /** So many seconds of posts to open sockets that nobody measures: the same for every program. */
  async settle(seconds: number): Promise<void> {
    await this.step(SETTLE_RATE / 2, 1);
    await this.step(SETTLE_RATE, seconds);
  }

  memoryMib(): number {
    return sumOf(this.#memory());
  }

  /** Without sockets it ends a few seconds after the last post, when the fan-out has long done its part. */
  async step(rate: number, seconds: number, options: StepOptions = {}): Promise<Step> {
    const { isOverload = false, helpEvery = 0, behindMs = 0 } = options;
    const first = this.#next;
    await this.#receiver.ask({ kind: 'begin', first, helpEvery, behindMs });
    const before = this.#cpu();
    const dueUntil = monotonicMicros() + seconds * 1_000_000;
    const posts = await this.#poster.ask<PostReport>({
      kind: 'post',
      rate,
      seconds,
      first,
      isPersistent: isOverload,
      helpEvery,
    });
    this.#next += posts.posted;
    const count = await this.#untilDelivered(posts.accepted * this.#shape.members);
    const after = this.#cpu();
    const ledger = await this.#receiver.ask<LedgerReport>({
      kind: 'ledger',
      first,
      posts: posts.posted,
      unconfirmed: posts.unconfirmed,
      forgivesOvertaken: this.#overtakes,
    });
    const help = Histogram.of(ledger.help);
    const delivered = Histogram.of(ledger.latencies);
    const lost = this.#isListening ? ledger.lost : 0;
    const p99 = delivered.percentile(0.99);
    const drainMs = Math.max(0, (count.lastAt - dueUntil) / 1_000);
    const isWhole = posts.refused === 0 && lost === 0 && ledger.overtaken === 0 && ledger.strangers === 0;
    const isHeld = isWhole && !posts.isSaturated && p99 < P99_LIMIT_MS && drainMs < DRAIN_LIMIT_MS;
    return {
      rate,
      seconds: posts.seconds,
      posted: posts.posted,
      accepted: posts.accepted,
      refused: posts.refused,
      lost,
      doubled: ledger.doubled,
      strangers: ledger.strangers,
      closed: count.closed,
      p50: delivered.percentile(0.5),
      p99,
      acceptP99: Histogram.of(posts.accept).percentile(0.99),
      drainMs,
      again: posts.again,
      overtaken: ledger.overtaken,
      help: { deliveries: help.total, p50: help.percentile(0.5), p99: help.percentile(0.99) },
      othersBehindMs: ledger.othersBehindMicros / 1_000,
      cpuSeconds: Object.fromEntries(Object.entries(after).map(([name, value]) => [name, value - (before[name] ?? 0)])),
      posterBusy: posts.busyShare,
      receiverBusy: count.busyShare,
      isSaturated: posts.isSaturated,
      isHeld,
    };
  }

  async stop(): Promise<void> {
    this.#poster.stop();
    this.#receiver.stop();
    await this.running.stop();
    rmSync(this.#dir, { recursive: true, force: true });
  }

  async #untilDelivered(expected: number): Promise<CountReport> {
    let busyShare = -1;
    let before = -1;
    let since = Date.now();
    for (;;) {
      const count = await this.#receiver.ask<CountReport>({ kind: 'count' });
      if (busyShare < 0) busyShare = count.busyShare;
      if (count.received !== before) {
        before = count.received;
        since = Date.now();
      }
      const patience = this.#isListening ? QUIET_MS : NOBODY_LISTENS_MS;
      if (count.received >= expected || Date.now() - since > patience) return { ...count, busyShare };
      await delay(POLL_MS);
    }
  }

  #memory(): Record<string, number> {
    return Object.fromEntries(Object.entries(this.running.pids()).map(([name, pids]) => [name, sumMemoryMib(pids)]));
  }

  #cpu(): Record<string, number> {
    return Object.fromEntries(Object.entries(this.running.pids()).map(([name, pids]) => [name, sumCpuSeconds(pids)]));
  }
}

function sumOf(figures: Record<string, number>): number {
  return Object.values(figures).reduce((sum, value) => sum + value, 0);
}
