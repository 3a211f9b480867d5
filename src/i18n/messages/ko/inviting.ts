export const inviting = {
  'invite.joiners': '들어온 사람은 내가 초대했다는 것, 모두의 닉네임과 가장 최근 상태, 그 뒤에 보낸 것을 볼 수 있습니다.',
} as const;
