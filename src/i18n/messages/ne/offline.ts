export const offline = {
  'offline.title': 'Buji सँग जोडिन सकिएन',
  'offline.text': 'यस फोनमा इन्टरनेट छैन, वा Buji ले जवाफ दिइरहेको छैन। यो पृष्ठ यस फोनमा सुरक्षित छैन। केही बेरपछि फेरि खोल्नुहोस्।',
  'offline.copy': 'इन्टरनेट छैन। यो {time} को अवस्था हो।',
  'offline.busy': 'Buji ले अहिले जवाफ दिइरहेको छैन। यो {time} को अवस्था हो।',
  'offline.asking': 'यो {time} को अवस्था हो। नयाँ खोजिँदै छ…',
  'offline.fresh': 'यो सबैभन्दा नयाँ हो।',
  'offline.newer': 'केही बदलिएको छ: देखाउनुहोस्',
} as const;
