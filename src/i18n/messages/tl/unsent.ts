export const unsent = {
  'unsent.circle': 'Wala na ang grupo, o hindi ka na makapagpapadala rito. Pumili ng grupo at ipadala muli.',
  'unsent.form': 'Hindi ito naipadala, o walang dumating na sagot. Bumalik at subukan muli.',
  'unsent.sign-in': 'Mag-sign in gamit ang code mo para maipadala ito.',
} as const;
