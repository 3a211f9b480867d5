export const inviting = {
  'invite.joiners':
    'Makikita ng sasali na ikaw ang nag-imbita, ang palayaw at pinakabagong kalagayan ng lahat, at ang mga ipapadala mula noon.',
} as const;
