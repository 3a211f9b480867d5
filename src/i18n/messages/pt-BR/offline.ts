export const offline = {
  'offline.title': 'Não foi possível acessar o Buji',
  'offline.text':
    'Ou este celular está sem conexão, ou o Buji não responde. Esta página não está salva neste celular. Tente de novo daqui a pouco.',
  'offline.copy': 'Sem conexão. Situação: {time}.',
  'offline.busy': 'O Buji não responde no momento. Situação: {time}.',
  'offline.asking': 'Situação: {time}. Buscando a mais recente…',
  'offline.fresh': 'Isto é o mais recente.',
  'offline.newer': 'Algo mudou: mostrar',
} as const;
