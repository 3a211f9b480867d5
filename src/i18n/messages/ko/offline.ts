export const offline = {
  'offline.asking': '{time} 당시의 내용입니다. 최신 내용을 확인하는 중…',
  'offline.fresh': '최신 내용입니다.',
  'offline.newer': '바뀐 내용이 있습니다: 보기',
  'outbox.waiting.open':
    '{time} 이 휴대전화에 저장했지만 아직 보내지 못했습니다. Buji를 열어 두거나 다시 열어 주세요. 그때 보냅니다.',
  'outbox.retracting': '이 휴대전화에서 취소했습니다. 연결되는 대로 모두의 화면에서 사라집니다.',
  'outbox.retracted': '취소했습니다. 모두의 화면에서 사라졌습니다.',
  'outbox.count': '이 휴대전화에서 보내기를 기다리는 것: {count}건',
  'outbox.again': '{time}에 보냈지만 현황판에서 사라졌습니다. 다시 보냅니다.',
} as const;
