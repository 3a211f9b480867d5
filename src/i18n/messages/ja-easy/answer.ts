export const answer = {
  'answer.nothing-sent': 'この ページを 開《ひら》いた だけでは、 何《なに》も 送《おく》りません。',
  'answer.already': 'もう 返事《へんじ》を しました。 もう一度《いちど》 送《おく》る ことも できます。',
  'answer.board': '{circle}の ボードを 開《ひら》く',
} as const;
