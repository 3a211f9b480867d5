export const live = {
  'live.not': '{time} 時点（自動更新なし）',
} as const;
