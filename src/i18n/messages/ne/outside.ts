export const outside = {
  'outside.join':
    'तपाईं {app} भित्र हुनुहुन्छ। यहाँबाट सामेल भए {browser} ले तपाईंलाई चिन्दैन, र सूचना पनि आउँदैन। पहिले यो पृष्ठ {browser} मा खोल्नु राम्रो हुन्छ।',
  'outside.alerts': '{app} भित्र सूचना आउँदैन। {browser} मा Buji खोल्नुहोस् र त्यहीँ सूचना खोल्नुहोस्।',
  'outside.open': '{browser} मा खोल्नुहोस्',
  'outside.menu': 'मेनु {sign}: “Open in default browser” वा “Open in external browser” छान्नुहोस्।',
  'outside.code': '{browser} ले तपाईंलाई अझै चिनेको छैन भने: पहिले यहाँ कोड बनाउनुहोस्, प्रतिलिपि गर्नुहोस्, र त्यहाँ त्यसैले साइन इन गर्नुहोस्।',
} as const;
