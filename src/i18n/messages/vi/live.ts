export const live = {
  'live.not': 'Không trực tiếp. Tính đến {time}.',
} as const;
