import { monitorEventLoopDelay } from 'node:perf_hooks';
import { send } from './client.ts';
import type { Service } from './service.ts';

/**
 * Begins to watch how long the machine keeps this process, and those of the service, from running. `stop` answers the longest
 * of both together (ms): a limit on the service's time is held against what is left without it, for a busy machine is not its
 * doing. Prometheus' default metrics of Node begin anew at each scrape.
 */
export async function watchStalls(service: Service): Promise<{ stop(): Promise<number> }> {
  await readLongestLag(service);
  const own = monitorEventLoopDelay({ resolution: 10 });
  own.enable();
  return {
    async stop() {
      own.disable();
      return own.max / 1e6 + (await readLongestLag(service));
    },
  };
}

async function readLongestLag({ processes, operatorToken }: Service): Promise<number> {
  const headers = { authorization: `Bearer ${operatorToken}` };
  const pages = await Promise.all(processes.map(({ origin }) => send<string>(origin, 'GET', '/metrics', undefined, headers)));
  const lags = pages.map(({ body }) => Number(/^nodejs_eventloop_lag_max_seconds (\S+)/m.exec(body)?.[1] ?? Number.NaN) * 1_000);
  const longest = Math.max(...lags);
  if (Number.isNaN(longest)) throw new Error('the metrics do not tell the lag of the event loop');
  return longest;
}
