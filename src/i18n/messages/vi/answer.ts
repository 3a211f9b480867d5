export const answer = {
  'answer.nothing-sent': 'Mở trang này không gửi gì cả.',
  'answer.already': 'Bạn đã trả lời. Bạn có thể gửi lại.',
  'answer.board': 'Mở bảng tin của {circle}',
} as const;
