export const removed = {
  'removed.open': '이 그룹의 초대가 아직 유효합니다. 링크가 있는 사람은 다른 이름으로 다시 들어올 수 있습니다.',
  'removed.end': '유효한 초대 모두 끝내기',
} as const;
