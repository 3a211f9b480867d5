export const seen = {
  'seen.reached': '{count}人の 電話《でんわ》に とどきました',
  'seen.seen': '{count}人が 見《み》ました',
  'seen.unconfirmed': 'まだ だれにも とどいて いないかもしれません。 {number}に 電話《でんわ》して ください。',
  'seen.by': '見《み》た 人《ひと》: {names}',
  'seen.settings.title': '見《み》た 人《ひと》',
  'seen.settings.all': 'だれが 見《み》たか 知《し》らせる',
  'seen.settings.explain':
    'あなたの ことばを 見《み》た 人《ひと》が、 あなたに わかります。 あなたが 見《み》た ことも、 書《か》いた 人《ひと》に わかります。 やめると、 あなたが 見《み》た ことは だれにも わかりません。 あなたも ほかの 人《ひと》が 見《み》たか わかりません。',
  'seen.settings.circles': 'どの グループで',
} as const;
