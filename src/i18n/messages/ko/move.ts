export const move = {
  'move.title': '다른 휴대전화나 앱으로 옮기기',
  'move.explain':
    '여기서 코드를 만들어 다른 휴대전화나 홈 화면의 Buji에서 쓰세요. 거기서도 나로 로그인되고, 여기도 그대로 쓸 수 있습니다.',
  'move.trust':
    '이 코드가 있으면 누구나 나로 로그인할 수 있습니다. 다른 사람에게 보이지 마세요. 코드가 쓰이면 내 모든 기기에 알립니다.',
  'move.create': '코드 만들기',
  'move.again': '다른 코드 만들기',
  'move.qr': '로그인 링크의 QR 코드',
  'move.scan': '다른 휴대전화에서는 카메라로 찍으세요.',
  'move.type': '또는 거기서 Buji({address})를 열고 “{button}”을 누른 뒤 이 코드를 입력하세요:',
  'move.link': '또는 다른 휴대전화에서 이 링크를 여세요:',
  'move.valid': '한 번만, {time}까지 쓸 수 있습니다.',
  'enter.title': '이 휴대전화에서 로그인할까요?',
  'enter.as': '이 휴대전화에서 {name} 님으로 로그인합니다.',
  'enter.button': '{name} 님으로 로그인',
  'enter.other':
    '이 휴대전화는 {name} 님으로 로그인되어 있습니다. 계속하면 {name} 님은 여기서 로그아웃됩니다. {name} 님이 아직 보내지 않은 것은 이 휴대전화에 남습니다.',
  'enter.stay': '{name} 님으로 계속 쓰기',
  'enter.same': '여기는 이미 {name} 님으로 로그인되어 있습니다. 코드는 아직 쓰이지 않았습니다. 로그인하려는 곳에서 쓰세요.',
  'enter.gone': '이 코드는 더 이상 쓸 수 없습니다',
  'enter.gone.text': '코드는 한 번만, 10분 동안 쓸 수 있습니다. 로그인되어 있는 곳의 “{settings}” → “{move}”에서 새로 만드세요.',
  'move.copy-code': '코드 복사',
  'move.copy-link': '링크 복사',
  'moved.title': '로그인했습니다',
  'moved.as': '여기에 {name} 님으로 로그인했습니다.',
  'moved.alerts': '알림은 옮겨지지 않습니다. 여기서 알림을 켜 주세요.',
} as const;
