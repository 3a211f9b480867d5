export const move = {
  'move.title': 'Pindah ke ponsel lain atau ke aplikasi',
  'move.explain':
    'Buat kode di sini lalu pakai di ponsel lain, atau di Buji pada layar utama. Anda masuk di sana, dan di sini tetap masuk.',
  'move.trust':
    'Siapa pun yang punya kode ini bisa masuk sebagai Anda. Jangan tunjukkan kepada orang lain. Semua perangkat Anda diberi tahu saat kode dipakai.',
  'move.create': 'Buat kode',
  'move.again': 'Buat kode lain',
  'move.qr': 'Tautan masuk sebagai kode QR',
  'move.scan': 'Di ponsel lain: pindai dengan kameranya.',
  'move.type': 'Atau buka Buji di sana ({address}), ketuk “{button}”, lalu ketik kode ini:',
  'move.link': 'Atau buka tautan ini di ponsel lain:',
  'move.valid': 'Berlaku sekali, sampai {time}.',
  'enter.title': 'Masuk di ponsel ini?',
  'enter.as': 'Anda akan masuk di sini sebagai {name}.',
  'enter.button': 'Masuk sebagai {name}',
  'enter.other':
    'Ponsel ini sedang masuk sebagai {name}. Jika dilanjutkan, {name} keluar dari sini. Yang belum dikirim {name} tetap tersimpan di sini.',
  'enter.stay': 'Tetap sebagai {name}',
  'enter.same': 'Anda sudah masuk di sini sebagai {name}. Kode belum terpakai: pakai di tempat Anda ingin masuk.',
  'enter.gone': 'Kode ini tidak berlaku lagi',
  'enter.gone.text':
    'Kode berlaku sekali, selama sepuluh menit. Buat yang baru di tempat Anda sudah masuk: {settings}, “{move}”.',
  'move.copy-code': 'Salin kode',
  'move.copy-link': 'Salin tautan',
  'moved.title': 'Anda sudah masuk',
  'moved.as': 'Anda sekarang masuk di sini sebagai {name}.',
  'moved.alerts': 'Notifikasi tidak ikut pindah: nyalakan di sini.',
} as const;
