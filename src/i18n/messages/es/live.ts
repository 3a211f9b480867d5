export const live = {
  'live.not': 'Sin actualización automática. Situación: {time}.',
} as const;
