export const unsent = {
  'unsent.circle': 'O grupo não existe mais, ou você não pode mais enviar para ele. Escolha um grupo e envie de novo.',
} as const;
