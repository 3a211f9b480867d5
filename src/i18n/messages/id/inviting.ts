export const inviting = {
  'invite.joiners':
    'Yang bergabung melihat bahwa Anda yang mengundang, nama panggilan dan kabar terbaru semua orang, dan apa yang dikirim sejak itu.',
} as const;
