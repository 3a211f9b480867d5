export const unsent = {
  'unsent.circle': 'Nhóm không còn, hoặc bạn không còn gửi vào nhóm được. Hãy chọn nhóm và gửi lại.',
  'unsent.form': 'Không có phản hồi. Việc này có thể đã xong, cũng có thể chưa. Hãy quay lại, xem trước đã, rồi thử lần nữa.',
  'unsent.sign-in': 'Đăng nhập bằng mã thì sẽ được gửi.',
} as const;
