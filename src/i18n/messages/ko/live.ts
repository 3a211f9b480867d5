export const live = {
  'live.not': '{time} 현재(자동 갱신 안 됨)',
} as const;
