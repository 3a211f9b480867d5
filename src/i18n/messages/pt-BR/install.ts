export const install = {
  'install.title': 'Buji na sua tela inicial',
  'install.why':
    'Ali ele abre como um aplicativo, mesmo sem conexão. No iPhone e no iPad, os alertas só chegam a um aplicativo na tela inicial.',
  'install.button': 'Instalar o Buji',
  'install.installed': 'O Buji está instalado neste celular.',
  'install.here': 'este navegador',
  'install.menu': 'Abra o menu {sign}.',
  'install.add': 'Escolha “Adicionar à tela inicial” e, se perguntar, “Instalar”.',
  'install.share': 'Toque no botão de compartilhar ao lado do endereço.',
  'install.not-there': 'Se não encontrar, abra esta página no Safari.',
  'install.open': 'Abra o Buji por ali e ative os alertas.',
  'install.apart':
    'O aplicativo instalado guarda os dados à parte do navegador. Se ele não conhecer você: crie um código aqui, copie e entre lá com ele.',
  'install.sign': 'Clique no sinal de instalar no fim da barra de endereço, à direita.',
  'install.chrome': 'Se não estiver lá: menu ⋮, “Transmitir, salvar e compartilhar”, “Instalar página como app”.',
  'install.edge': 'Se não estiver lá: menu ⋯, “Aplicativos”, “Instalar este site como um aplicativo”.',
  'install.safari': 'Menu “Arquivo”, “Adicionar ao Dock”.',
  'install.firefox': 'O Firefox no computador não instala páginas. Guarde nos favoritos; os alertas chegam com o Firefox aberto.',
} as const;
