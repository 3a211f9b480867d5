export const install = {
  'install.title': 'Buji en su pantalla de inicio',
  'install.why':
    'Allí se abre como una aplicación, también sin conexión. En un iPhone o iPad, los avisos solo llegan a una aplicación de la pantalla de inicio.',
  'install.button': 'Instalar Buji',
  'install.installed': 'Buji está instalado en este teléfono.',
  'install.here': 'este navegador',
  'install.menu': 'Abra el menú {sign}.',
  'install.add': 'Elija «Añadir a pantalla de inicio» y, si pregunta, «Instalar».',
  'install.share': 'Toque el botón de compartir junto a la dirección.',
  'install.not-there': 'Si no lo encuentra, abra esta página en Safari.',
  'install.open': 'Abra Buji desde allí y active los avisos.',
  'install.apart':
    'La aplicación instalada guarda sus datos aparte del navegador. Si no le conoce: cree aquí un código, cópielo y entre allí con él.',
  'install.sign': 'Haga clic en el signo de instalar al final de la barra de direcciones, a la derecha.',
  'install.chrome': 'Si no está: menú ⋮, «Enviar, guardar y compartir», «Instalar página como aplicación».',
  'install.edge': 'Si no está: menú ⋯, «Aplicaciones», «Instalar este sitio como una aplicación».',
  'install.safari': 'Menú «Archivo», «Añadir al Dock».',
  'install.firefox':
    'Firefox en un ordenador no instala páginas. Guarde un marcador; los avisos llegan mientras Firefox está abierto.',
} as const;
