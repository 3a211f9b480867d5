export const outside = {
  'outside.join':
    'Anda sedang di dalam {app}. Jika bergabung di sini, {browser} tidak mengenal Anda dan tidak ada pemberitahuan. Sebaiknya buka dulu halaman ini di {browser}.',
  'outside.alerts': 'Di dalam {app} tidak ada pemberitahuan. Buka Buji di {browser}, lalu nyalakan di sana.',
  'outside.open': 'Buka di {browser}',
  'outside.menu': 'Menu {sign}: “Buka di browser default” atau “Buka di browser eksternal”.',
  'outside.code': 'Jika {browser} belum mengenal Anda: buat kode dulu di sini, salin, lalu masuk di sana dengan kode itu.',
} as const;
