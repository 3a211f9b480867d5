import type { Logger } from 'pino';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Sheddable } from '../contract/limits.ts';
import type { Lane } from './jobs.ts';
import { createPressureSeries } from './metrics-pressure.ts';
import { createRedisGauges, type RedisReadings } from './metrics-redis.ts';
import type { Pressure } from './pressure.ts';

export interface Metrics {
  /** A request that posted a status was answered 202, so many seconds after it came in. */
  observeAccept(seconds: number): void;
  /** Statuses that were stored now; a retry of a known id does not count. */
  countAccepted(lane: Lane, statuses?: number): void;
  /** A status is on the boards and feeds of its circles, so many seconds after it was accepted. */
  observeFanout(lane: Lane, seconds: number): void;
  /** One event was written to the sockets that one gateway holds for its circle, so many seconds after it was accepted. */
  observeDelivery(seconds: number): void;
  socketOpened(): void;
  socketClosed(): void;
  /** Frames, and their bytes, that were handed to sockets: added per flush, as it is the hottest path of all. */
  countSent(frames: number, bytes: number): void;
  slowSocketClosed(): void;
  /** How one push ended. Both words come from closed lists; an endpoint's host would be a label without bounds. */
  countPush(provider: string, outcome: string): void;
  /** What a push lane does from now on: pushes pass, are paused, or one is tried. `lane` is its queue's name. */
  setPushLane(lane: string, state: 'closed' | 'half-open' | 'open'): void;
  /** `route` is the pattern that matched, undefined where none did: a URL may hold a token, and would be a label without bounds. */
  observeHttp(method: string, route: string | undefined, statusCode: number, seconds: number): void;
  /** A request of that kind was refused, because the service is overloaded. */
  countShed(kind: Sheddable): void;
  /** Shows these readings from now on. */
  trackPressure(pressure: Pick<Pressure, 'readings' | 'sheds'>): void;
  /**
   * The page for Prometheus (text format 0.0.4). `collect` reads what only Redis knows; where it fails or takes longer than
   * `limitMs`, those series are absent, `buji_redis_readable` is 0 and the rest is there all the same.
   */
  scrape(collect: () => Promise<RedisReadings>, limitMs?: number): Promise<{ contentType: string; body: string }>;
}

/** A commit with its fsync takes 1–5 ms on a sound disk; by 2 s the answer must have been a 503. */
const ACCEPT_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2];
/** From the few ms of an idle service past the 5 s from which phones are told of the lag to the 60 s within which a backlog must be gone, and beyond. */
const ARRIVAL_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300];
/** Fewer, because they are multiplied by routes and status classes. */
const HTTP_BUCKETS = [0.0025, 0.01, 0.05, 0.25, 1, 2, 5];
/** Prometheus itself gives up after 10 s by default; a healthy Redis answers in a millisecond. */
const COLLECT_LIMIT_MS = 1_000;

/** All series of one process, on a registry of their own: tests and a second service in one process do not meet. */
export function createMetrics(log?: Pick<Logger, 'warn'>): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const totals = { help: 0, fanout: 0, frames: 0, bytes: 0, slow: 0, sockets: 0 };
  countFrom(registry, 'buji_frames_sent_total', 'Frames handed to sockets', () => totals.frames);
  countFrom(registry, 'buji_bytes_sent_total', 'Bytes of frames handed to sockets', () => totals.bytes);
  countFrom(registry, 'buji_slow_sockets_closed_total', 'Sockets closed because they were not read', () => totals.slow);
  new Counter({
    name: 'buji_statuses_accepted_total',
    help: 'Statuses stored, without retries',
    labelNames: ['lane'],
    registers,
    collect() {
      this.reset();
      this.inc({ lane: 'fanout' }, totals.fanout);
      this.inc({ lane: 'help' }, totals.help);
    },
  });
  new Gauge({
    name: 'buji_sockets',
    help: 'Open live sockets of this process',
    registers,
    collect() {
      this.set(totals.sockets);
    },
  });

  const accept = new Histogram({
    name: 'buji_accept_seconds',
    help: 'Posting a status: request to 202',
    buckets: ACCEPT_BUCKETS,
    registers,
  });
  const delivery = new Histogram({
    name: 'buji_delivery_seconds',
    help: 'acceptedAt to written to sockets, per event and gateway',
    buckets: ARRIVAL_BUCKETS,
    registers,
  });
  const fanout = new Histogram({
    name: 'buji_fanout_seconds',
    help: 'acceptedAt to published',
    labelNames: ['lane'],
    buckets: ARRIVAL_BUCKETS,
    registers,
  });
  const fanoutOf = { fanout: fanout.labels('fanout'), help: fanout.labels('help') };
  const push = new Counter({
    name: 'buji_push_outcomes_total',
    help: 'Alerts handed to push services',
    labelNames: ['provider', 'outcome'],
    registers,
  });
  const pushLane = new Gauge({
    name: 'buji_push_lane_state',
    help: 'Push lanes: 0 sending, 1 trying one push, 2 paused',
    labelNames: ['lane'],
    registers,
  });
  const http = new Histogram({
    name: 'buji_http_seconds',
    help: 'HTTP requests by route pattern',
    labelNames: ['route', 'status'],
    buckets: HTTP_BUCKETS,
    registers,
  });
  /** Found by name, for a look-up by labels sorts and joins them at each request; as many as there are series. */
  const httpOf = new Map<string, ReturnType<typeof http.labels>>();
  const redisGauges = createRedisGauges(registry, log);

  return {
    observeAccept: (seconds) => accept.observe(seconds),
    countAccepted(lane, statuses = 1) {
      totals[lane] += statuses;
    },
    observeFanout: (lane, seconds) => fanoutOf[lane].observe(notNegative(seconds)),
    observeDelivery: (seconds) => delivery.observe(notNegative(seconds)),
    socketOpened() {
      totals.sockets += 1;
    },
    socketClosed() {
      totals.sockets -= 1;
    },
    countSent(frames, bytes) {
      totals.frames += frames;
      totals.bytes += bytes;
    },
    slowSocketClosed() {
      totals.slow += 1;
    },
    countPush: (provider, outcome) => push.inc({ provider, outcome }),
    setPushLane: (lane, state) => pushLane.set({ lane }, { closed: 0, 'half-open': 1, open: 2 }[state]),
    observeHttp(method, route, statusCode, seconds) {
      const name = route === undefined ? 'unmatched' : `${method} ${route}`;
      const status = `${Math.floor(statusCode / 100)}xx`;
      let series = httpOf.get(name + status);
      if (!series) {
        series = http.labels({ route: name, status });
        httpOf.set(name + status, series);
      }
      series.observe(seconds);
    },
    ...createPressureSeries(registry),
    async scrape(collect, limitMs = COLLECT_LIMIT_MS) {
      await redisGauges.refresh(collect, limitMs);
      return { contentType: registry.contentType, body: await registry.metrics() };
    },
  };
}

/** A counter whose value is a plain number until it is scraped: counting costs one addition, no look-up of labels. */
function countFrom(registry: Registry, name: string, help: string, read: () => number): void {
  new Counter({
    name,
    help,
    registers: [registry],
    collect() {
      this.reset();
      this.inc(read());
    },
  });
}

/** `acceptedAt` may be another machine's clock; one that runs ahead must not spoil the sum. */
function notNegative(seconds: number): number {
  return Math.max(0, seconds);
}
