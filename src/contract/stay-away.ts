/** Close code of a gateway that takes in nobody more this second. The close's reason says for how many seconds to stay away. */
export const STAY_AWAY_CODE = 4005;
/** Longer is nobody sent away: whoever comes back too early is told again. */
export const STAY_AWAY_MAX_SECONDS = 60;

/**
 * For how many seconds the service asked to stay away by closing like this; 0 where it did not. A browser cannot read the status
 * or the headers of a refused handshake, so it is told by a close. Whoever obeys adds a random fraction of a second.
 */
export function readStayAway(code: number, reason: string): number {
  if (code !== STAY_AWAY_CODE || !/^\d{1,4}$/.test(reason)) return 0;
  return Math.min(STAY_AWAY_MAX_SECONDS, Number(reason));
}
