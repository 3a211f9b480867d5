export const seen = {
  'seen.reached': '{count}人の電話に届きました',
  'seen.seen': '{count}人が見ました',
  'seen.unconfirmed': 'まだ誰の電話にも届いたことを確認できていません。{number} に電話してください。',
  'seen.by': '見た人：{names}',
  'seen.settings.title': '既読',
  'seen.settings.all': '誰が見たかを知らせ合う',
  'seen.settings.explain':
    'あなたの投稿を見た人が、あなたに分かります。あなたが見たことも、書いた人に分かります。オフにすると、あなたが見たことはだれにも分からず、あなたもほかの人が見たかどうか分かりません。',
  'seen.settings.circles': 'どのグループで',
} as const;
