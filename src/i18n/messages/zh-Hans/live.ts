export const live = {
  'live.not': '{time} 的情况（不会自动更新）',
} as const;
