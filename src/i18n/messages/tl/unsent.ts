export const unsent = {
  'unsent.circle': 'Wala na ang grupo, o hindi ka na makapagpapadala rito. Pumili ng grupo at ipadala muli.',
} as const;
