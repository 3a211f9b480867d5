export const unsent = {
  'unsent.circle': 'समूह छैन, वा अब त्यसमा पठाउन मिल्दैन। समूह छानेर फेरि पठाउनुहोस्।',
} as const;
