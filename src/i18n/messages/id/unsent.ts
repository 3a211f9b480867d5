export const unsent = {
  'unsent.circle': 'Grupnya sudah tidak ada, atau Anda tidak bisa lagi mengirim ke sana. Pilih grup dan kirim lagi.',
  'unsent.form': 'Tidak ada jawaban. Mungkin sudah terlaksana, mungkin belum. Kembalilah, periksa dulu, lalu coba lagi.',
  'unsent.sign-in': 'Masuklah dengan kode Anda, lalu akan dikirim.',
} as const;
