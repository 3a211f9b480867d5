export const answer = {
  'answer.nothing-sent': 'यो पाना खोल्दा केही पठाइएको छैन।',
  'answer.already': 'तपाईंले जवाफ दिइसक्नुभयो। फेरि पठाउन सक्नुहुन्छ।',
  'answer.board': '{circle} को बोर्ड खोल्नुहोस्',
} as const;
