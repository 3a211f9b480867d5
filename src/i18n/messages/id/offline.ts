export const offline = {
  'offline.title': 'Buji tidak dapat dihubungi',
  'offline.text':
    'Ponsel ini tidak terhubung, atau Buji tidak menjawab. Halaman ini tidak tersimpan di ponsel ini. Coba lagi sebentar lagi.',
  'offline.copy': 'Tidak ada koneksi. Ini keadaan pada {time}.',
  'offline.busy': 'Buji belum menjawab saat ini. Ini keadaan pada {time}.',
  'offline.asking': 'Ini keadaan pada {time}. Mencari yang terbaru…',
  'offline.fresh': 'Ini yang terbaru.',
  'offline.newer': 'Ada yang berubah: tampilkan',
} as const;
