export const install = {
  'install.title': 'Buji trên màn hình chính',
  'install.why':
    'Ở đó Buji mở như một ứng dụng, cả khi không có mạng. Trên iPhone và iPad, chỉ ứng dụng trên màn hình chính mới nhận được thông báo.',
  'install.button': 'Cài đặt Buji',
  'install.installed': 'Buji đã được cài trên điện thoại này.',
  'install.here': 'trình duyệt này',
  'install.menu': 'Mở trình đơn {sign}.',
  'install.add': 'Chọn “Thêm vào màn hình chính”, nếu được hỏi thì chọn “Cài đặt”.',
  'install.share': 'Chạm nút chia sẻ bên cạnh địa chỉ.',
  'install.not-there': 'Nếu không thấy, hãy mở trang này bằng Safari.',
  'install.open': 'Mở Buji từ đó và bật thông báo.',
  'install.apart':
    'Ứng dụng đã cài lưu riêng, tách khỏi trình duyệt. Nếu nó không biết bạn: hãy tạo mã ở đây, sao chép, rồi đăng nhập trong ứng dụng bằng mã đó.',
  'install.sign': 'Bấm dấu cài đặt ở đầu bên phải của thanh địa chỉ.',
  'install.chrome': 'Nếu không có: trình đơn ⋮, “Truyền, lưu và chia sẻ”, “Cài đặt trang dưới dạng ứng dụng”.',
  'install.edge': 'Nếu không có: trình đơn ⋯, “Ứng dụng”, “Cài đặt trang này dưới dạng ứng dụng”.',
  'install.safari': 'Trình đơn “Tệp”, “Thêm vào Dock”.',
  'install.firefox': 'Firefox trên máy tính không cài được trang. Hãy lưu dấu trang; thông báo đến khi Firefox đang mở.',
} as const;
