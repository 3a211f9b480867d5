export const move = {
  'move.title': 'Pindah ke ponsel lain',
  'move.explain': 'Buat kode di sini lalu pakai di ponsel lain. Ponsel itu masuk sebagai Anda, dan ponsel ini tetap masuk.',
  'move.trust':
    'Siapa pun yang punya kode ini bisa masuk sebagai Anda. Jangan tunjukkan kepada orang lain. Semua perangkat Anda diberi tahu saat kode dipakai.',
  'move.create': 'Buat kode',
  'move.again': 'Buat kode lain',
  'move.qr': 'Tautan masuk sebagai kode QR',
  'move.scan': 'Pindai dengan kamera ponsel lain itu.',
  'move.type': 'Atau buka {address} di sana, ketuk “{button}”, lalu ketik kode ini:',
  'move.link': 'Atau buka tautan ini di sana:',
  'move.valid': 'Berlaku sekali, sampai {time}.',
  'enter.title': 'Masuk di ponsel ini?',
  'enter.as': 'Anda akan masuk di sini sebagai {name}.',
  'enter.button': 'Masuk sebagai {name}',
  'enter.other':
    'Ponsel ini sedang masuk sebagai {name}. Jika dilanjutkan, {name} keluar dari sini. Yang belum dikirim {name} tetap tersimpan di sini.',
  'enter.stay': 'Tetap sebagai {name}',
  'enter.same': 'Anda sudah masuk di ponsel ini sebagai {name}. Kode belum terpakai: buka tautan di ponsel lain.',
  'enter.gone': 'Kode ini tidak berlaku lagi',
  'enter.gone.text':
    'Kode berlaku sekali, selama sepuluh menit. Buat yang baru di ponsel yang sudah masuk: {settings}, “{move}”.',
  'move.copy-code': 'Salin kode',
  'move.copy-link': 'Salin tautan',
  'moved.title': 'Anda sudah masuk',
  'moved.as': 'Ponsel ini sekarang masuk sebagai {name}.',
  'moved.alerts': 'Notifikasi tidak ikut pindah: nyalakan juga di sini.',
} as const;
