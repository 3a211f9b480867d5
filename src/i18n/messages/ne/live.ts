export const live = {
  'live.not': 'प्रत्यक्ष छैन। {time} सम्मको अवस्था।',
} as const;
