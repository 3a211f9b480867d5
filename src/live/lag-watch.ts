import type { Logger } from 'pino';
import { LAG_SECONDS } from '../contract/limits.ts';
import { encodeText } from './frame-encoder.ts';
import type { LiveMetrics } from './live-metrics.ts';
import type { Roster } from './roster.ts';

export interface LagWatchDeps {
  lagSeconds(): Promise<number>;
  roster: Roster;
  metrics: LiveMetrics;
  pollMs: number;
  log: Logger;
}

/**
 * Tells every client how far behind the fan-out is, while it is, and once more when it has caught up. Asks only while there are
 * sockets. @returns how to stop it
 */
export function watchLag({ lagSeconds, roster, metrics, pollMs, log }: LagWatchDeps): () => void {
  let isLagging = false;
  let isAsking = false;

  async function poll(): Promise<void> {
    const lag = await lagSeconds();
    const seconds = lag > LAG_SECONDS ? Math.round(lag) : 0;
    if (seconds === 0 && !isLagging) return;
    isLagging = seconds > 0;
    const frame = encodeText(JSON.stringify({ t: 'lag', seconds }));
    let told = 0;
    for (const connection of roster.list()) {
      if (connection.phase !== 'synced') continue;
      connection.enqueue(frame);
      told += 1;
    }
    metrics.countSent(told, told * frame.length);
  }

  const timer = setInterval(() => {
    if (isAsking || roster.size === 0) return;
    isAsking = true;
    poll()
      .catch((err: unknown) => log.warn({ err }, 'lag unknown'))
      .finally(() => {
        isAsking = false;
      });
  }, pollMs);
  timer.unref();
  return () => clearInterval(timer);
}
