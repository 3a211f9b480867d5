export const seen = {
  'seen.reached': 'sampai di ponsel {count} orang',
  'seen.seen': 'dilihat {count} orang',
  'seen.unconfirmed': 'Belum ada ponsel yang mengonfirmasi. Telepon {number}.',
  'seen.by': 'Dilihat oleh {names}',
  'seen.settings.title': 'Dilihat oleh',
  'seen.settings.all': 'Tampilkan siapa yang sudah melihat',
  'seen.settings.explain':
    'Anda melihat siapa yang sudah melihat status Anda, dan penulisnya melihat apa yang sudah Anda lihat. Jika dimatikan, tidak ada yang tahu apa yang Anda lihat, dan Anda juga tidak tahu siapa yang melihat.',
  'seen.settings.circles': 'Di grup mana',
} as const;
