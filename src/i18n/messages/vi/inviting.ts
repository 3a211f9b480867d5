export const inviting = {
  'invite.joiners':
    'Người tham gia sẽ thấy bạn đã mời họ, biệt danh và tình trạng mới nhất của mọi người, và những gì được gửi từ lúc đó.',
} as const;
