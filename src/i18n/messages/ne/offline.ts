export const offline = {
  'offline.asking': 'यो {time} को अवस्था हो। नयाँ खोजिँदै छ…',
  'offline.fresh': 'यो सबैभन्दा नयाँ हो।',
  'offline.newer': 'केही बदलिएको छ: देखाउनुहोस्',
  'outbox.waiting.open': '{time} मा यस फोनमा सुरक्षित भयो, अझै पठाइएको छैन। Buji खुला राख्नुहोस् वा फेरि खोल्नुहोस्: त्यसपछि पठाइन्छ।',
  'outbox.retracting': 'यस फोनमा फिर्ता लिइयो। इन्टरनेट आउनासाथ सबैबाट हट्छ।',
  'outbox.retracted': 'फिर्ता लिइयो। सबैबाट हटिसक्यो।',
  'outbox.count': 'यस फोनमा पठाउन बाँकी: {count}',
  'outbox.again': '{time} मा पठाइयो, तर एउटा बोर्डमा छैन। फेरि पठाइँदै छ।',
} as const;
