export const outside = {
  'outside.join':
    '지금 {app} 안에서 보고 있습니다. 여기서 참여하면 {browser}에서는 알아보지 못하고 알림도 오지 않습니다. 먼저 {browser}에서 이 페이지를 여는 것이 좋습니다.',
  'outside.alerts': '{app} 안에서는 알림이 오지 않습니다. {browser}에서 Buji를 열고 거기에서 알림을 켜세요.',
  'outside.open': '{browser}에서 열기',
  'outside.menu': '메뉴 {sign}: “기본 브라우저로 열기” 또는 “외부 브라우저에서 열기”를 선택하세요.',
  'outside.code': '{browser}가 아직 알아보지 못하면: 먼저 여기서 코드를 만들어 복사하고, 거기에서 그 코드로 로그인하세요.',
} as const;
