export const install = {
  'install.title': 'होम स्क्रिनमा Buji',
  'install.why': 'त्यहाँबाट यो एपजस्तै खुल्छ, इन्टरनेट नभए पनि। iPhone र iPad मा होम स्क्रिनबाट खोल्दा मात्र सूचना आउँछ।',
  'install.button': 'Buji इन्स्टल गर्नुहोस्',
  'install.installed': 'Buji यो फोनमा इन्स्टल भएको छ।',
  'install.here': 'यो ब्राउजर',
  'install.menu': 'मेनु {sign} खोल्नुहोस्।',
  'install.add': '“होम स्क्रिनमा थप्नुहोस्” छान्नुहोस्, सोधेमा “इन्स्टल” छान्नुहोस्।',
  'install.share': 'ठेगानाको छेउको सेयर बटन थिच्नुहोस्।',
  'install.not-there': 'नभेटिए यो पाना Safari मा खोल्नुहोस्।',
  'install.open': 'त्यहाँबाट Buji खोलेर सूचना खुला गर्नुहोस्।',
  'install.apart':
    'राखिएको एपले ब्राउजरभन्दा छुट्टै सम्झन्छ। त्यसले तपाईंलाई चिनेन भने: यहाँ कोड बनाउनुहोस्, प्रतिलिपि गर्नुहोस्, र त्यहाँ त्यसैले साइन इन गर्नुहोस्।',
  'install.sign': 'ठेगाना पट्टीको दायाँ छेउको इन्स्टल चिन्ह थिच्नुहोस्।',
  'install.chrome': 'नभए: मेनु ⋮, “Cast, save and share”, “Install page as app”।',
  'install.edge': 'नभए: मेनु ⋯, “Apps”, “Install this site as an app”।',
  'install.safari': 'मेनु “File”, “Add to Dock” छान्नुहोस्।',
  'install.firefox': 'कम्प्युटरको Firefox ले पाना इन्स्टल गर्दैन। बुकमार्क राख्नुहोस्; Firefox खुला हुँदा सूचना आउँछ।',
} as const;
