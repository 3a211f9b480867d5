export const move = {
  'move.title': 'Chuyển sang điện thoại khác',
  'move.explain': 'Tạo mã ở đây rồi dùng trên điện thoại kia. Điện thoại kia sẽ đăng nhập là bạn, và máy này vẫn đăng nhập.',
  'move.trust':
    'Ai có mã này đều đăng nhập được như bạn. Đừng cho người khác xem. Khi mã được dùng, mọi thiết bị của bạn sẽ được báo.',
  'move.create': 'Tạo mã',
  'move.again': 'Tạo mã khác',
  'move.qr': 'Mã QR của liên kết đăng nhập',
  'move.scan': 'Quét bằng máy ảnh của điện thoại kia.',
  'move.type': 'Hoặc mở {address} trên máy kia, chạm “{button}” và nhập mã này:',
  'move.link': 'Hoặc mở liên kết này trên máy kia:',
  'move.valid': 'Dùng một lần, đến {time}.',
  'enter.title': 'Đăng nhập trên điện thoại này?',
  'enter.as': 'Bạn sẽ đăng nhập ở đây với tên {name}.',
  'enter.button': 'Đăng nhập là {name}',
  'enter.other':
    'Điện thoại này đang đăng nhập là {name}. Nếu tiếp tục, {name} sẽ bị đăng xuất ở đây. Những gì {name} chưa gửi vẫn được giữ trên máy này.',
  'enter.stay': 'Tiếp tục là {name}',
  'enter.same': 'Bạn đã đăng nhập trên điện thoại này là {name}. Mã chưa được dùng: hãy mở liên kết trên điện thoại kia.',
  'enter.gone': 'Mã này không còn dùng được',
  'enter.gone.text': 'Mã dùng một lần, trong mười phút. Hãy tạo mã mới trên máy đang đăng nhập: {settings}, “{move}”.',
} as const;
