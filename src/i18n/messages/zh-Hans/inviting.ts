export const inviting = {
  'invite.joiners': '加入的人会看到是你邀请的、所有人的昵称和最新状况，以及之后发送的内容。',
} as const;
