export const live = {
  'live.not': '{time} 的情況（不會自動更新）',
} as const;
