export const removed = {
  'removed.open': 'このグループへの招待がまだ有効です。リンクを持つ人は、別の名前でまた入れます。',
  'removed.end': '有効な招待をすべて終える',
} as const;
