export const answer = {
  'answer.nothing-sent': 'Abrir esta página não enviou nada.',
  'answer.already': 'Você já respondeu. Pode enviar de novo.',
  'answer.board': 'Abrir o painel de {circle}',
} as const;
