export const seen = {
  'seen.reached': { one: 'chegou ao celular de {count} pessoa', other: 'chegou ao celular de {count} pessoas' },
  'seen.seen': { one: 'visto por {count} pessoa', other: 'visto por {count} pessoas' },
  'seen.unconfirmed': 'Nenhum celular confirmou ainda. Ligue para {number}.',
  'seen.by': 'Visto por {names}',
  'seen.settings.title': 'Visto por',
  'seen.settings.all': 'Mostrar quem viu',
  'seen.settings.explain':
    'Você vê quem viu o que você escreveu, e os outros veem o que você viu. Se desligar, ninguém vê o que você viu, e você também não vê quem viu.',
  'seen.settings.circles': 'Em quais grupos',
} as const;
