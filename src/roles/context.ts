import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { Metrics } from '../platform/metrics.ts';
import type { Pressure } from '../platform/pressure.ts';
import type { Connections } from '../platform/redis.ts';
import type { Shutdown } from '../platform/shutdown.ts';
import type { Vapid } from '../push/vapid-keys.ts';
import type { DeliveryNotice } from '../store/control-messages.ts';
import type { Keys } from '../store/keys.ts';

/** What `main.ts` opened and every role uses. */
export interface Context {
  config: Readonly<Config>;
  log: Logger;
  metrics: Metrics;
  connections: Connections;
  keys: Keys;
  vapid: Vapid;
  /** What is to be refused or put off now. */
  pressure: Pressure;
  /** Lets authors know that their statuses have come further. */
  tellAuthors: (notices: readonly DeliveryNotice[]) => void;
  shutdown: Shutdown;
  now: () => Date;
}
