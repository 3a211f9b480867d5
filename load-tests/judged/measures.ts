import { Counter, Trend } from 'k6/metrics';

/** What k6 measures in a judged load test; the rest is the socket sink's and the service's own. */
export const measures = {
  /** One request that posts a status, from sending it to its 202. */
  accept: new Trend('buji_accept_ms', true),
  /** From when a status was meant to be sent to its first receipt, with all retries. */
  receipt: new Trend('buji_receipt_ms', true),
  /** From when a status was meant to be sent to its frame on one of k6's own sockets. */
  delivery: new Trend('buji_delivery_ms', true),
  /** How far k6 itself was behind its schedule. */
  late: new Trend('buji_generator_late_ms', true),
  acknowledged: new Counter('buji_statuses_acknowledged'),
  /** Requests that were answered neither 202 nor with a refusal: sent again. */
  unconfirmed: new Counter('buji_requests_unconfirmed'),
  /** Statuses that were never confirmed, or were refused. */
  givenUp: new Counter('buji_statuses_given_up'),
  /** A receipt that names other circles than the status was sent to. */
  receiptsWrong: new Counter('buji_receipts_wrong'),
  /** A second receipt for one id that says something else than the first. */
  receiptsChanged: new Counter('buji_receipts_changed'),
};

export const summaryTrendStats = ['min', 'avg', 'med', 'p(95)', 'p(99)', 'max', 'count'];
