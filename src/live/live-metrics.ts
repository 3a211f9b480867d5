import type { Metrics } from '../platform/metrics.ts';

/** What the gateway counts. */
export type LiveMetrics = Pick<Metrics, 'observeDelivery' | 'socketOpened' | 'socketClosed' | 'countSent' | 'slowSocketClosed'>;
