export const inviting = {
  'invite.joiners':
    'Quien entra ve que usted le invitó, el apodo y el estado más reciente de todos, y lo que se envíe desde entonces.',
} as const;
