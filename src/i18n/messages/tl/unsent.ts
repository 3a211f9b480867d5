export const unsent = {
  'unsent.circle': 'Wala na ang grupo, o hindi ka na makapagpapadala rito. Pumili ng grupo at ipadala muli.',
  'unsent.form': 'Walang dumating na sagot. Maaaring nagawa na ito, maaaring hindi. Bumalik, tingnan muna, saka subukan muli.',
  'unsent.sign-in': 'Mag-sign in gamit ang code mo para maipadala ito.',
} as const;
