export const outside = {
  'outside.join':
    'Você está dentro do {app}. Se entrar no círculo por aqui, o {browser} não conhecerá você e não chegarão alertas. É melhor abrir esta página antes no {browser}.',
  'outside.alerts': 'Dentro do {app} não chegam alertas. Abra o Buji no {browser} e ligue os alertas lá.',
  'outside.open': 'Abrir no {browser}',
  'outside.menu': 'Menu {sign}: “Abrir no navegador padrão” ou “Abrir no navegador externo”.',
  'outside.code': 'Se o {browser} ainda não conhecer você: primeiro crie um código aqui, copie e entre lá com ele.',
} as const;
