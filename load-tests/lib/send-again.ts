/** How long a status that nobody confirms is sent again: as long as the service may take after a fault. Past it, a run fails. */
export const GIVE_UP_MS = 60_000;

/**
 * Whether an answer leaves open what became of a status, or puts it off: the same id is sent again.
 * @param status 0: no answer
 */
export function mayRetry(status: number): boolean {
  return status === 0 || status === 429 || status >= 500;
}
