export const live = {
  'live.not': 'Sem atualização automática. Situação: {time}.',
} as const;
