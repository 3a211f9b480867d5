import { type EventLoopUtilization, performance } from 'node:perf_hooks';
import { Histogram } from '../../instruments/histogram.ts';
import { monotonicMicros } from '../lib/clock.ts';
import { readMicros, readSequence } from '../lib/status-id.ts';
import { isHelp } from '../lib/world.ts';
import { Arrivals } from './arrivals.ts';
import { countDeliveries } from './delivery-count.ts';
import type { CountReport, LedgerReport, ReceiverOrder, Setup } from './orders.ts';
import { Socket } from './socket.ts';

/** Posts of one run, at most: a number beyond it is no post of this run. */
const POSTS_MAX = 8_000_000;
const AT_ONCE = 100;
const CONNECT_LIMIT_MS = 60_000;

/**
 * The process that holds the sockets. It must cost little, for it shares the machine with what it measures: raw TCP, one
 * buffer for all reads, no JSON; a frame is told by the mark before its status' id, and the id says the rest.
 */
let arrivals: Arrivals | undefined;
let histogram = new Histogram();
let received = 0;
let lastAt = 0;
let help = new Histogram();
let helpEvery = 0;
let behindMicros = Number.POSITIVE_INFINITY;
/** How late the last status that was no *help* came, and the latest of them. */
let okLag = 0;
let okLagMost = 0;
let first = 0;
let closed = 0;
let setup: Setup | undefined;
let utilisation: EventLoopUtilization = performance.eventLoopUtilization();
const sockets: Socket[] = [];

function onStatus(bytes: Buffer, idAt: number, person: number): void {
  const sequence = readSequence(bytes, idAt);
  if (sequence >= POSTS_MAX) return;
  if (!arrivals?.add(sequence, person) || sequence < first) return;
  received += 1;
  lastAt = monotonicMicros();
  const latency = lastAt - readMicros(bytes, idAt);
  histogram.add(latency);
  if (!isHelp(sequence, helpEvery)) {
    okLag = latency;
    if (latency > okLagMost) okLagMost = latency;
  } else if (okLag >= behindMicros) help.add(latency);
}

async function connectAll(from: number, to: number): Promise<void> {
  if (!setup) throw new Error('no setup');
  const { dialect, port, world } = setup;
  let next = from;
  async function work(): Promise<void> {
    while (next < to) {
      const index = next++;
      const person = world.people[index % world.people.length];
      if (!person || !setup) return;
      const circles = person.circles.map((circle) => world.circles[circle]?.id ?? '');
      const socket = new Socket({
        dialect,
        port,
        person,
        circles,
        onStatus: (bytes, idAt) => onStatus(bytes, idAt, index % world.people.length),
        onClosed: () => closed++,
        localHost: hostOf(index),
      });
      sockets.push(socket);
      await Promise.race([socket.ready, limit(`socket ${index} was not ready`)]);
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

/**
 * One address has 28,000 ports to call from: the next thousands call from the next one. The first ones name none, for to bind a
 * port of a named address the kernel searches among all that were used in the last minute: measured, 2 ms per socket.
 */
function hostOf(index: number): string | undefined {
  return index < 20_000 ? undefined : `127.0.0.${1 + Math.floor(index / 20_000)}`;
}

function limit(what: string): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`${what} after ${CONNECT_LIMIT_MS} ms`)), CONNECT_LIMIT_MS).unref();
  });
}

function count(): CountReport {
  const busy = performance.eventLoopUtilization(utilisation).utilization;
  return { received, closed, lastAt, busyShare: busy };
}

async function obey(order: ReceiverOrder): Promise<unknown> {
  if (order.kind === 'setup') {
    setup = order;
    arrivals = new Arrivals(order.shape);
    return null;
  }
  if (order.kind === 'connect') return connectAll(order.from, order.to).then(() => null);
  if (order.kind === 'begin') {
    first = order.first;
    received = 0;
    histogram = new Histogram();
    help = new Histogram();
    helpEvery = order.helpEvery ?? 0;
    behindMicros = (order.behindMs ?? Number.POSITIVE_INFINITY) * 1_000;
    okLag = 0;
    okLagMost = 0;
    utilisation = performance.eventLoopUtilization();
    return null;
  }
  if (order.kind === 'count') return count();
  if (!setup || !arrivals) throw new Error('no setup');
  const compared = countDeliveries(setup.shape, { ...order, helpEvery }, arrivals);
  const report: LedgerReport = {
    ...compared,
    strangers: arrivals.strangers,
    help: [...help.counts],
    othersBehindMicros: okLagMost,
    latencies: [...histogram.counts],
  };
  return report;
}

process.on('message', (order: ReceiverOrder) => {
  obey(order).then(
    (answer) => process.send?.({ answer }),
    (error: unknown) => process.send?.({ error: String(error) }),
  );
});
process.on('disconnect', () => process.exit());
