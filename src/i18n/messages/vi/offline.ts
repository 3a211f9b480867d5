export const offline = {
  'offline.asking': 'Đây là nội dung lúc {time}. Đang tìm bản mới nhất…',
  'offline.fresh': 'Đây là bản mới nhất.',
  'offline.newer': 'Có thay đổi: xem',
  'outbox.waiting.open': 'Đã lưu trên điện thoại này {time}, chưa gửi. Hãy để Buji mở, hoặc mở lại: khi đó sẽ gửi.',
  'outbox.retracting': 'Đã thu hồi trên điện thoại này. Sẽ biến mất với mọi người ngay khi có kết nối.',
  'outbox.retracted': 'Đã thu hồi. Không còn ai thấy nữa.',
  'outbox.count': 'Đang chờ gửi trên điện thoại này: {count}',
  'outbox.again': 'Đã gửi {time}, nhưng một bảng tin không còn tin này. Đang gửi lại.',
} as const;
