/** What a person is told of what was not sent, where the words of the outbox and of a refusal say too little. */
export const unsent = {
  'unsent.circle': 'The circle is gone, or you can no longer write to it. Choose a circle and send it again.',
  'unsent.form': 'No answer came. It may or may not have been done. Go back, look first, then try again.',
  'unsent.sign-in': 'Sign in with your code, then it goes out.',
} as const;
