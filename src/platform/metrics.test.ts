import { describe, expect, it } from 'vitest';
import { createMetrics } from './metrics.ts';
import type { RedisReadings } from './metrics-redis.ts';

const READINGS: RedisReadings = {
  oldestUnfannedSeconds: 7.5,
  queueDepths: { 'fanout-0': 12, help: 0 },
  batchesParked: 2,
  memoryBytes: 1_000,
  maxMemoryBytes: 4_000,
};
const collect = async () => READINGS;

/** The series as `name{labels}` → value; comments are left out. */
async function scrape(metrics = createMetrics(), read: () => Promise<RedisReadings> = collect, limitMs?: number) {
  const { body } = await metrics.scrape(read, limitMs);
  const lines = body.split('\n').filter((line) => line && !line.startsWith('#'));
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]));
}

describe('createMetrics', () => {
  it('shows every series of an idle service, so that a dashboard can tell zero from missing', async () => {
    const series = await scrape();
    expect(series.get('buji_statuses_accepted_total{lane="fanout"}')).toBe(0);
    expect(series.get('buji_statuses_accepted_total{lane="help"}')).toBe(0);
    expect(series.get('buji_sockets')).toBe(0);
    expect(series.get('buji_frames_sent_total')).toBe(0);
    expect(series.get('buji_slow_sockets_closed_total')).toBe(0);
    expect(series.get('buji_accept_seconds_count')).toBe(0);
    expect(series.has('process_cpu_seconds_total')).toBe(true);
    expect(series.has('nodejs_eventloop_lag_p99_seconds')).toBe(true);
  });

  it('counts statuses by lane, sockets, frames and bytes, and the same at a second scrape', async () => {
    const metrics = createMetrics();
    metrics.countAccepted('fanout', 50);
    metrics.countAccepted('help');
    metrics.socketOpened();
    metrics.socketOpened();
    metrics.socketClosed();
    metrics.slowSocketClosed();
    metrics.countSent(46, 11_500);
    metrics.countSent(1, 250);
    await scrape(metrics);
    const series = await scrape(metrics);
    expect(series.get('buji_statuses_accepted_total{lane="fanout"}')).toBe(50);
    expect(series.get('buji_statuses_accepted_total{lane="help"}')).toBe(1);
    expect(series.get('buji_sockets')).toBe(1);
    expect(series.get('buji_slow_sockets_closed_total')).toBe(1);
    expect(series.get('buji_frames_sent_total')).toBe(47);
    expect(series.get('buji_bytes_sent_total')).toBe(11_750);
  });

  it('puts durations into buckets, and one from a clock that runs ahead into the first', async () => {
    const metrics = createMetrics();
    metrics.observeAccept(0.003);
    metrics.observeFanout('help', 4);
    metrics.observeDelivery(-2);
    metrics.observeDelivery(59);
    const series = await scrape(metrics);
    expect(series.get('buji_accept_seconds_bucket{le="0.0025"}')).toBe(0);
    expect(series.get('buji_accept_seconds_bucket{le="0.005"}')).toBe(1);
    expect(series.get('buji_fanout_seconds_bucket{le="5",lane="help"}')).toBe(1);
    expect(series.get('buji_delivery_seconds_bucket{le="0.005"}')).toBe(1);
    expect(series.get('buji_delivery_seconds_bucket{le="60"}')).toBe(2);
    expect(series.get('buji_delivery_seconds_sum')).toBe(59);
  });

  it('names requests by route pattern and status class, and all that matched none by one word', async () => {
    const metrics = createMetrics();
    metrics.observeHttp('POST', '/v1/invites/:token/accept', 410, 0.004);
    metrics.observeHttp('GET', undefined, 404, 0.001);
    const series = await scrape(metrics);
    expect(series.get('buji_http_seconds_count{route="POST /v1/invites/:token/accept",status="4xx"}')).toBe(1);
    expect(series.get('buji_http_seconds_count{route="unmatched",status="4xx"}')).toBe(1);
  });

  it('says which push lanes are paused', async () => {
    const metrics = createMetrics();
    metrics.setPushLane('push-fcm', 'open');
    metrics.setPushLane('push-fcm-help', 'closed');
    metrics.setPushLane('push-apple', 'open');
    metrics.setPushLane('push-apple', 'half-open');
    const series = await scrape(metrics);
    expect(series.get('buji_push_lane_state{lane="push-fcm"}')).toBe(2);
    expect(series.get('buji_push_lane_state{lane="push-fcm-help"}')).toBe(0);
    expect(series.get('buji_push_lane_state{lane="push-apple"}')).toBe(1);
  });

  it('counts pushes by provider and outcome', async () => {
    const metrics = createMetrics();
    metrics.countPush('fcm', 'delivered');
    metrics.countPush('fcm', 'delivered');
    metrics.countPush('apple', 'gone');
    const series = await scrape(metrics);
    expect(series.get('buji_push_outcomes_total{provider="fcm",outcome="delivered"}')).toBe(2);
    expect(series.get('buji_push_outcomes_total{provider="apple",outcome="gone"}')).toBe(1);
  });
});

describe('what only Redis knows', () => {
  it('is read at the scrape', async () => {
    const series = await scrape();
    expect(series.get('buji_redis_readable')).toBe(1);
    expect(series.get('buji_oldest_unfanned_seconds')).toBe(7.5);
    expect(series.get('buji_queue_depth{queue="fanout-0"}')).toBe(12);
    expect(series.get('buji_batches_parked')).toBe(2);
    expect(series.get('buji_redis_memory_bytes')).toBe(1_000);
    expect(series.get('buji_redis_memory_max_bytes')).toBe(4_000);
  });

  it.each([
    ['fails', () => Promise.reject(new Error('Connection is closed.'))],
    [
      'throws at once',
      () => {
        throw new Error('not connected');
      },
    ],
    ['never answers', () => new Promise<RedisReadings>(() => undefined)],
  ])('is absent, not old, when Redis %s; the rest is there', async (_how, away) => {
    const warnings: unknown[] = [];
    const metrics = createMetrics({ warn: (...line: unknown[]) => void warnings.push(line) });
    await scrape(metrics);
    const series = await scrape(metrics, away, 20);
    expect(series.get('buji_redis_readable')).toBe(0);
    const absent = [...series.keys()].filter((name) => /^buji_(oldest|queue_depth|batches|redis_memory)/.test(name));
    expect(absent).toEqual([]);
    expect(series.get('buji_sockets')).toBe(0);
    expect(warnings).toHaveLength(1);
    expect((await scrape(metrics)).get('buji_batches_parked')).toBe(2);
  });

  it('forgets a queue that is gone', async () => {
    const metrics = createMetrics();
    await scrape(metrics);
    const series = await scrape(metrics, async () => ({ ...READINGS, queueDepths: { help: 3 } }));
    expect(series.get('buji_queue_depth{queue="help"}')).toBe(3);
    expect(series.has('buji_queue_depth{queue="fanout-0"}')).toBe(false);
  });

  it('shows the pressure on the process, and what was refused because of it', async () => {
    const metrics = createMetrics();
    expect((await scrape(metrics)).get('buji_shed_total{kind="history"}')).toBe(0);
    const readings = { unfannedSeconds: 16, memoryShare: 0.5, loopDelayMs: 30, commitMs: 40 };
    metrics.trackPressure({ readings, sheds: (kind) => kind === 'history' });
    metrics.countShed('history');
    const series = await scrape(metrics);
    expect(series.get('buji_shed_total{kind="history"}')).toBe(1);
    expect(series.get('buji_shedding{kind="history"}')).toBe(1);
    expect(series.get('buji_shedding{kind="digests"}')).toBe(0);
    expect(series.get('buji_pressure_loop_delay_seconds')).toBe(0.03);
    expect(series.get('buji_pressure_commit_seconds')).toBe(0.04);
    expect(series.get('buji_pressure_redis_memory_ratio')).toBe(0.5);
  });
});
