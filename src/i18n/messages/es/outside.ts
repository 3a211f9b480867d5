export const outside = {
  'outside.join':
    'Está dentro de {app}. Si se une aquí, {browser} no le conocerá y no llegarán avisos. Es mejor abrir antes esta página en {browser}.',
  'outside.alerts': 'Dentro de {app} no llegan avisos. Abra Buji en {browser} y actívelos allí.',
  'outside.open': 'Abrir en {browser}',
  'outside.menu': 'Menú {sign}: «Abrir en el navegador predeterminado» o «Abrir en el navegador externo».',
  'outside.code': 'Si {browser} todavía no le conoce: primero cree aquí un código, cópielo y entre allí con él.',
} as const;
