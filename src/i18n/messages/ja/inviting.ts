export const inviting = {
  'invite.joiners': '参加した人には、あなたが招待したこと、全員のニックネームと最新の状態、それから先に送られるものが見えます。',
} as const;
