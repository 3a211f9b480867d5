/** What a person is told of what was not sent, where the words of the outbox and of a refusal say too little. */
export const unsent = {
  'unsent.circle': 'The circle is gone, or you can no longer write to it. Choose a circle and send it again.',
} as const;
