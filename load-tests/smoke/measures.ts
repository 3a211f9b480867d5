import { Counter, Trend } from 'k6/metrics';

/** What the run measures beside k6's own figures. Latencies are in milliseconds, taken on one clock: this process's. */
export const measures = {
  /** One request that posts a status, from sending it to its 202. */
  accept: new Trend('buji_accept_ms', true),
  /** From the first sending of a status to its frame at another member. */
  delivery: new Trend('buji_delivery_ms', true),
  helpDelivery: new Trend('buji_help_delivery_ms', true),
  acknowledged: new Counter('buji_statuses_acknowledged'),
  delivered: new Counter('buji_deliveries'),
  /** An acknowledged status that a member's open socket, and every board it was shown, lacked at the end. */
  lost: new Counter('buji_deliveries_lost'),
  /** A late status that went to the history only, because its author's newer one was there: allowed, and looked up. */
  overtaken: new Counter('buji_statuses_overtaken'),
  /** The same position twice on one socket: allowed, because a client goes by position. */
  repeated: new Counter('buji_deliveries_repeated'),
  /** Anything that the contract excludes; each is printed. */
  broken: new Counter('buji_promises_broken'),
  serverErrors: new Counter('buji_server_errors'),
};

/**
 * Zero lost, zero broken, no 5xx; latencies are generous, because this run says that the service works, not how fast it is.
 * Counters are touched once at the end of each world, as k6 passes a threshold on a measure that has no value.
 */
export const thresholds = {
  checks: ['rate==1'],
  buji_statuses_acknowledged: ['count>0'],
  buji_deliveries: ['count>0'],
  buji_deliveries_lost: ['count==0'],
  buji_promises_broken: ['count==0'],
  buji_server_errors: ['count==0'],
  buji_accept_ms: ['p(95)<1000'],
  buji_delivery_ms: ['p(95)<2000'],
  buji_help_delivery_ms: ['p(95)<2000'],
};
