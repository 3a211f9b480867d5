export const inviting = {
  'invite.joiners': '加入的人會看到是你邀請的、所有人的暱稱和最新狀況，以及之後傳送的內容。',
} as const;
