export const move = {
  'move.title': 'Chuyển sang điện thoại khác hoặc ứng dụng',
  'move.explain':
    'Tạo mã ở đây rồi dùng trên điện thoại kia, hoặc trong Buji ở màn hình chính. Bạn sẽ đăng nhập ở đó, và ở đây vẫn đăng nhập.',
  'move.trust':
    'Ai có mã này đều đăng nhập được như bạn. Đừng cho người khác xem. Khi mã được dùng, mọi thiết bị của bạn sẽ được báo.',
  'move.create': 'Tạo mã',
  'move.again': 'Tạo mã khác',
  'move.qr': 'Mã QR của liên kết đăng nhập',
  'move.scan': 'Trên điện thoại khác: quét bằng máy ảnh.',
  'move.type': 'Hoặc mở Buji ở đó ({address}), chạm “{button}” và nhập mã này:',
  'move.link': 'Hoặc mở liên kết này trên điện thoại kia:',
  'move.valid': 'Dùng một lần, đến {time}.',
  'enter.title': 'Đăng nhập trên điện thoại này?',
  'enter.as': 'Bạn sẽ đăng nhập ở đây với tên {name}.',
  'enter.button': 'Đăng nhập là {name}',
  'enter.other':
    'Điện thoại này đang đăng nhập là {name}. Nếu tiếp tục, {name} sẽ bị đăng xuất ở đây. Những gì {name} chưa gửi vẫn được giữ trên máy này.',
  'enter.stay': 'Tiếp tục là {name}',
  'enter.same': 'Bạn đã đăng nhập ở đây là {name}. Mã chưa được dùng: hãy dùng ở nơi bạn muốn đăng nhập.',
  'enter.gone': 'Mã này không còn dùng được',
  'enter.gone.text': 'Mã dùng một lần, trong mười phút. Hãy tạo mã mới ở nơi bạn đang đăng nhập: {settings}, “{move}”.',
  'move.copy-code': 'Sao chép mã',
  'move.copy-link': 'Sao chép liên kết',
  'moved.title': 'Bạn đã đăng nhập',
  'moved.as': 'Bạn đã đăng nhập ở đây là {name}.',
  'moved.alerts': 'Thông báo không chuyển theo: hãy bật ở đây.',
} as const;
