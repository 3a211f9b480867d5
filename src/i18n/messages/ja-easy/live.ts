export const live = {
  'live.not': '{time}の ようす。 ひとりでに 新《あたら》しく なりません。',
} as const;
