/** After a keeper has removed somebody. */
export const removed = {
  'removed.open': 'Invites to this circle are still open. Whoever has such a link can come back under a new name.',
  'removed.end': 'End all open invites',
} as const;
