export const unsent = {
  'unsent.circle':
    'グループが もう ないか、 その グループには もう 送《おく》れません。 グループを 選《えら》んで、 もう一度《いちど》 送《おく》って ください。',
} as const;
