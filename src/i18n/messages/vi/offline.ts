export const offline = {
  'offline.title': 'Không kết nối được với Buji',
  'offline.text':
    'Điện thoại này không có kết nối, hoặc Buji không phản hồi. Trang này chưa được lưu trên điện thoại. Hãy thử lại sau ít lâu.',
  'offline.copy': 'Không có kết nối. Đây là nội dung lúc {time}.',
  'offline.busy': 'Buji hiện không phản hồi. Đây là nội dung lúc {time}.',
  'offline.asking': 'Đây là nội dung lúc {time}. Đang tìm bản mới nhất…',
  'offline.fresh': 'Đây là bản mới nhất.',
  'offline.newer': 'Có thay đổi: xem',
} as const;
