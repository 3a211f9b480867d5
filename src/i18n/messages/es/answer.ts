export const answer = {
  'answer.nothing-sent': 'Abrir esta página no ha enviado nada.',
  'answer.already': 'Ya ha respondido. Puede enviar otra vez.',
  'answer.board': 'Abrir el tablero de {circle}',
} as const;
