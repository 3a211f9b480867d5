export const removed = {
  'removed.open': 'Undangan ke grup ini masih berlaku. Siapa pun yang punya tautannya bisa kembali dengan nama lain.',
  'removed.end': 'Akhiri semua undangan yang berlaku',
} as const;
