/** What inviting somebody means. */
export const inviting = {
  'invite.joiners':
    'Whoever joins sees that you invited them, everybody’s nickname and newest status, and what is sent from then on.',
} as const;
