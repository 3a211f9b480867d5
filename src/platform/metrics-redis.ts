import type { Logger } from 'pino';
import { Gauge, type Registry } from 'prom-client';

/** What only Redis knows, read at each scrape. Every process of a service reads the same: aggregate with max, not sum. */
export interface RedisReadings {
  /** Age of the oldest status in the outbox; 0 where there is none. */
  oldestUnfannedSeconds: number;
  /** Jobs waiting or delayed, by queue name. */
  queueDepths: Record<string, number>;
  batchesParked: number;
  memoryBytes: number;
  /** 0: Redis has no limit. */
  maxMemoryBytes: number;
}

export interface RedisGauges {
  refresh(collect: Collect, limitMs: number): Promise<void>;
}

/**
 * The gauges behind `RedisReadings`. What could not be read is absent rather than old: a lag of zero that is an hour old is
 * the most dangerous number on a dashboard.
 */
export function createRedisGauges(registry: Registry, log?: Pick<Logger, 'warn'>): RedisGauges {
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers: [registry] });
  const readable = gauge(
    'buji_redis_readable',
    '1 where Redis answered this scrape in time; without it the gauges it feeds are absent',
  );
  const oldest = gauge('buji_oldest_unfanned_seconds', 'Age of the oldest accepted status that was not fanned out yet');
  const parked = gauge('buji_batches_parked', 'Batches that kept failing and wait for a person to look at them');
  const memory = gauge('buji_redis_memory_bytes', 'Memory that Redis uses for data');
  const maxMemory = gauge('buji_redis_memory_max_bytes', 'maxmemory of Redis; 0 is no limit');
  const depth = new Gauge({
    name: 'buji_queue_depth',
    help: 'Jobs waiting or delayed',
    labelNames: ['queue'],
    registers: [registry],
  });

  return {
    async refresh(collect, limitMs) {
      const readings = await withinLimit(collect, limitMs, log);
      readable.set(readings ? 1 : 0);
      depth.reset();
      if (!readings) {
        for (const absent of [oldest, parked, memory, maxMemory]) absent.remove();
        return;
      }
      oldest.set(readings.oldestUnfannedSeconds);
      parked.set(readings.batchesParked);
      memory.set(readings.memoryBytes);
      maxMemory.set(readings.maxMemoryBytes);
      for (const [queue, jobs] of Object.entries(readings.queueDepths)) depth.set({ queue }, jobs);
    },
  };
}

type Collect = () => Promise<RedisReadings>;

/** The readings, or null after `limitMs` or a failure, which is logged; whoever scrapes reads it off `buji_redis_readable`. */
async function withinLimit(collect: Collect, limitMs: number, log?: Pick<Logger, 'warn'>): Promise<RedisReadings | null> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${limitMs} ms`)), limitMs);
  });
  try {
    return await Promise.race([collect(), limit]);
  } catch (err) {
    log?.warn({ err }, 'metrics without Redis');
    return null;
  } finally {
    clearTimeout(timer);
  }
}
