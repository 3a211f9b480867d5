export const inviting = {
  'invite.joiners':
    'Quem entra vê que você convidou, o apelido e a situação mais recente de todos, e o que for enviado a partir daí.',
} as const;
