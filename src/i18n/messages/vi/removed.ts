export const removed = {
  'removed.open': 'Nhóm này vẫn còn lời mời có hiệu lực. Ai có liên kết đều có thể vào lại bằng tên khác.',
  'removed.end': 'Chấm dứt mọi lời mời còn hiệu lực',
} as const;
