/** Redis keys that the naive program and the Socket.IO one share: both are the same Fastify and BullMQ underneath. */
export const KEYS = {
  /** String: person id. Found by the SHA-256 of the token. */
  session: (tokenHash: string) => `session:${tokenHash}`,
  /** Set: circle ids. */
  circlesOf: (person: string) => `person:${person}:circles`,
  /** Hash: person id → member as JSON. */
  members: (circle: string) => `circle:${circle}:members`,
  /** Hash: person id → newest status as JSON. */
  board: (circle: string) => `circle:${circle}:board`,
  /** Stream of events; a client that was away reads on from the last one it has. */
  feed: (circle: string) => `circle:${circle}:feed`,
  /** String: status as JSON, for a week. It makes a retry harmless. */
  status: (id: string) => `status:${id}`,
};
export const STATUS_SECONDS = 7 * 86_400;
export const FEED_EVENTS_MAX = 1_000;
export const QUEUE = 'deliver';

export interface StatusRecord {
  id: string;
  author: string;
  condition: string;
  note?: string;
  circles: string[];
  acceptedAt: string;
}
