/** What Redis says, first word of an answer, when it cannot do its work now: full, loading, read-only, without replicas or disk. */
const REFUSALS = /^(LOADING|READONLY|EXECABORT|MASTERDOWN|CLUSTERDOWN|OOM|MISCONF|NOREPLICAS|BUSY|TRYAGAIN)\b/;

/** What ioredis and the system say of a connection that is away, wherever in a message it stands. */
const DISCONNECTIONS =
  /Command timed out|Connection is closed|Command aborted due to connection close|Stream isn't writeable|enableOfflineQueue|Socket timeout|ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|ENOENT|EPIPE|ETIMEDOUT|Reached the max retries/;

/**
 * Whether an error says something about Redis and nothing about what was asked of it: nothing was confirmed, and the same may be
 * asked again. A request answers 503; a job is put off and uses up no attempt, see `startWorker`.
 */
export function isRedisAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.name === 'MaxRetriesPerRequestError' || REFUSALS.test(error.message) || DISCONNECTIONS.test(error.message);
}
