export const removed = {
  'removed.open': '這個群組還有有效的邀請。有連結的人可以換個名字再次加入。',
  'removed.end': '終止所有有效的邀請',
} as const;
