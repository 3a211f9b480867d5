export const unsent = {
  'unsent.circle': 'O grupo não existe mais, ou você não pode mais enviar para ele. Escolha um grupo e envie de novo.',
  'unsent.form': 'Isto não foi enviado, ou não houve resposta. Volte e tente de novo.',
  'unsent.sign-in': 'Entre com o seu código e será enviado.',
} as const;
