export const unsent = {
  'unsent.circle': 'O grupo não existe mais, ou você não pode mais enviar para ele. Escolha um grupo e envie de novo.',
  'unsent.form': 'Não houve resposta. Pode ter sido feito ou não. Volte, confira primeiro e só então tente de novo.',
  'unsent.sign-in': 'Entre com o seu código e será enviado.',
} as const;
