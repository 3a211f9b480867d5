export const seen = {
  'seen.reached': 'đã đến điện thoại của {count} người',
  'seen.seen': '{count} người đã xem',
  'seen.unconfirmed': 'Chưa có điện thoại nào xác nhận đã nhận. Hãy gọi {number}.',
  'seen.by': 'Đã xem: {names}',
  'seen.settings.title': 'Ai đã xem',
  'seen.settings.all': 'Cho biết ai đã xem',
  'seen.settings.explain':
    'Bạn thấy ai đã xem tin của bạn, và người viết thấy bạn đã xem tin của họ. Nếu tắt, không ai biết bạn đã xem gì, và bạn cũng không biết ai đã xem.',
  'seen.settings.circles': 'Trong những nhóm nào',
} as const;
