export const unsent = {
  'unsent.circle': 'Nhóm không còn, hoặc bạn không còn gửi vào nhóm được. Hãy chọn nhóm và gửi lại.',
} as const;
