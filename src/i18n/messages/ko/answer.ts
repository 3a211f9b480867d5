export const answer = {
  'answer.nothing-sent': '이 페이지를 연 것만으로는 아무것도 보내지 않습니다.',
  'answer.already': '이미 답했습니다. 다시 보낼 수 있습니다.',
  'answer.board': '{circle} 현황판 열기',
} as const;
