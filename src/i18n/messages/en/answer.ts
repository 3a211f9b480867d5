/** Answering an alert. */
export const answer = {
  'answer.nothing-sent': 'Opening this page has sent nothing.',
  'answer.already': 'You have answered already. You can send again.',
  'answer.board': 'Open the board of {circle}',
} as const;
