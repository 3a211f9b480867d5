export const unsent = {
  'unsent.circle': 'Grupnya sudah tidak ada, atau Anda tidak bisa lagi mengirim ke sana. Pilih grup dan kirim lagi.',
} as const;
