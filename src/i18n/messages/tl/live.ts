export const live = {
  'live.not': 'Hindi live. Lagay noong {time}.',
} as const;
