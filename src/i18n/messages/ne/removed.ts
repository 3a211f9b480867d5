export const removed = {
  'removed.open': 'यो समूहको निम्तो अझै चालु छ। लिङ्क भएको जोसुकै अर्को नामले फेरि आउन सक्छ।',
  'removed.end': 'सबै चालु निम्तो अन्त्य गर्नुहोस्',
} as const;
