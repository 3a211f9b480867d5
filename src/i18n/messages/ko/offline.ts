export const offline = {
  'offline.title': 'Buji에 연결할 수 없습니다',
  'offline.text':
    '이 휴대전화가 연결되어 있지 않거나 Buji가 응답하지 않습니다. 이 페이지는 이 휴대전화에 저장되어 있지 않습니다. 잠시 뒤에 다시 열어 보세요.',
  'offline.copy': '연결되어 있지 않습니다. {time} 당시의 내용입니다.',
  'offline.busy': '지금 Buji가 응답하지 않습니다. {time} 당시의 내용입니다.',
  'offline.asking': '{time} 당시의 내용입니다. 최신 내용을 확인하는 중…',
  'offline.fresh': '최신 내용입니다.',
  'offline.newer': '바뀐 내용이 있습니다: 보기',
} as const;
