export const answer = {
  'answer.nothing-sent': 'Membuka halaman ini tidak mengirim apa pun.',
  'answer.already': 'Anda sudah menjawab. Anda bisa mengirim lagi.',
  'answer.board': 'Buka papan {circle}',
} as const;
