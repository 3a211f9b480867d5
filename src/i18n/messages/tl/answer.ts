export const answer = {
  'answer.nothing-sent': 'Walang naipadala sa pagbukas ng pahinang ito.',
  'answer.already': 'Nakasagot ka na. Puwede kang magpadala ulit.',
  'answer.board': 'Buksan ang board ng {circle}',
} as const;
