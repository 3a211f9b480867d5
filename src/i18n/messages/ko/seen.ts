export const seen = {
  'seen.reached': '{count}명의 휴대폰에 도착함',
  'seen.seen': '{count}명이 봄',
  'seen.unconfirmed': '아직 도착을 확인한 휴대폰이 없습니다. {number}에 전화하세요.',
  'seen.by': '본 사람: {names}',
  'seen.settings.title': '본 사람',
  'seen.settings.all': '누가 보았는지 서로 알리기',
  'seen.settings.explain':
    '내 상태를 본 사람이 나에게 표시되고, 내가 본 것도 쓴 사람에게 표시됩니다. 끄면 내가 본 것을 아무도 알 수 없고, 나도 다른 사람이 보았는지 알 수 없습니다.',
  'seen.settings.circles': '어느 그룹에서',
} as const;
