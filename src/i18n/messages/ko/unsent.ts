export const unsent = {
  'unsent.circle': '그룹이 없어졌거나 이제 그 그룹에 보낼 수 없습니다. 그룹을 골라 다시 보내 주세요.',
} as const;
