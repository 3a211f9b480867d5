export const outside = {
  'outside.join':
    'Bạn đang ở trong {app}. Nếu tham gia ở đây, {browser} sẽ không biết bạn và sẽ không có thông báo. Nên mở trang này bằng {browser} trước.',
  'outside.alerts': 'Trong {app} không nhận được thông báo. Hãy mở Buji bằng {browser} và bật thông báo ở đó.',
  'outside.open': 'Mở bằng {browser}',
  'outside.menu': 'Menu {sign}: chọn “Mở bằng trình duyệt mặc định” hoặc “Mở bằng trình duyệt bên ngoài”.',
  'outside.code': 'Nếu {browser} chưa biết bạn: trước hết hãy tạo mã ở đây, sao chép, rồi đăng nhập ở đó bằng mã ấy.',
} as const;
