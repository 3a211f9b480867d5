export const install = {
  'install.title': 'Buji di layar utama',
  'install.why':
    'Dari sana ia terbuka seperti aplikasi, juga tanpa koneksi. Di iPhone atau iPad, notifikasi hanya datang ke aplikasi di layar utama.',
  'install.button': 'Pasang Buji',
  'install.installed': 'Buji sudah terpasang di ponsel ini.',
  'install.here': 'peramban ini',
  'install.menu': 'Buka menu {sign} itu.',
  'install.add': 'Pilih “Tambahkan ke layar utama”, lalu “Instal” jika ditanya.',
  'install.share': 'Ketuk tombol bagikan di samping alamat.',
  'install.not-there': 'Jika tidak ada, buka halaman ini di Safari.',
  'install.open': 'Buka Buji dari sana dan nyalakan notifikasi.',
  'install.apart':
    'Aplikasi yang dipasang menyimpan datanya sendiri. Jika belum mengenal Anda: buat kode di sini, salin, lalu masuk di sana dengan kode itu.',
  'install.sign': 'Klik tanda pasang di ujung kanan bilah alamat.',
  'install.chrome': 'Jika tidak ada: menu ⋮, “Transmisikan, simpan, dan bagikan”, “Instal halaman sebagai aplikasi”.',
  'install.edge': 'Jika tidak ada: menu ⋯, “Aplikasi”, “Instal situs ini sebagai aplikasi”.',
  'install.safari': 'Menu “File”, lalu “Tambahkan ke Dock”.',
  'install.firefox': 'Firefox di komputer tidak memasang halaman. Simpan penanda; notifikasi datang selama Firefox terbuka.',
} as const;
