export const unsent = {
  'unsent.circle': 'Nhóm không còn, hoặc bạn không còn gửi vào nhóm được. Hãy chọn nhóm và gửi lại.',
  'unsent.form': 'Chưa gửi được, hoặc không có phản hồi. Hãy quay lại và thử lần nữa.',
  'unsent.sign-in': 'Đăng nhập bằng mã thì sẽ được gửi.',
} as const;
