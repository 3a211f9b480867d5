export const unsent = {
  'unsent.circle': '그룹이 없어졌거나 이제 그 그룹에 보낼 수 없습니다. 그룹을 골라 다시 보내 주세요.',
  'unsent.form':
    '응답이 오지 않았습니다. 처리되었을 수도, 안 되었을 수도 있습니다. 뒤로 돌아가 먼저 확인한 다음 다시 시도해 주세요.',
  'unsent.sign-in': '코드로 로그인하면 보냅니다.',
} as const;
