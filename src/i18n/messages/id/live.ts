export const live = {
  'live.not': 'Tidak langsung. Keadaan pada {time}.',
} as const;
