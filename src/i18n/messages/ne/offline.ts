export const offline = {
  'offline.asking': 'यो {time} को अवस्था हो। नयाँ खोजिँदै छ…',
  'offline.fresh': 'यो सबैभन्दा नयाँ हो।',
  'offline.newer': 'केही बदलिएको छ: देखाउनुहोस्',
  'outbox.retracting': 'यस फोनमा फिर्ता लिइयो। इन्टरनेट आउनासाथ सबैबाट हट्छ।',
} as const;
