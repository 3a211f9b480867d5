export const removed = {
  'removed.open': '这个群组还有有效的邀请。有链接的人可以换个名字再次加入。',
  'removed.end': '终止所有有效的邀请',
} as const;
