export const offline = {
  'offline.asking': 'Ini keadaan pada {time}. Mencari yang terbaru…',
  'offline.fresh': 'Ini yang terbaru.',
  'offline.newer': 'Ada yang berubah: tampilkan',
  'outbox.waiting.open':
    'Tersimpan di ponsel ini {time}, belum terkirim. Biarkan Buji terbuka, atau buka lagi: saat itulah dikirim.',
  'outbox.retracting': 'Ditarik kembali di ponsel ini. Akan hilang bagi semua orang begitu ada koneksi.',
  'outbox.retracted': 'Sudah ditarik kembali. Hilang bagi semua orang.',
  'outbox.count': 'Menunggu dikirim dari ponsel ini: {count}',
  'outbox.again': 'Terkirim {time}, tetapi sebuah papan tidak lagi memuatnya. Sedang dikirim ulang.',
} as const;
