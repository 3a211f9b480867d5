/** A board whose live connection does not come through, while the service answers. */
export const live = {
  'live.not': 'Not live. As of {time}.',
} as const;
