export const move = {
  'move.title': 'Mudar para outro celular ou para o aplicativo',
  'move.explain':
    'Crie um código aqui e use-o no outro celular ou no Buji da tela de início. Você entra lá e continua conectado aqui.',
  'move.trust':
    'Quem tiver este código pode entrar como você. Não mostre a mais ninguém. Todos os seus aparelhos são avisados quando ele é usado.',
  'move.create': 'Criar um código',
  'move.again': 'Criar outro código',
  'move.qr': 'O link de entrada como código QR',
  'move.scan': 'Em outro celular: aponte a câmera para este código.',
  'move.type': 'Ou abra o Buji lá ({address}), toque em “{button}” e digite este código:',
  'move.link': 'Ou abra este link no outro celular:',
  'move.valid': 'Vale uma vez, até {time}.',
  'enter.title': 'Entrar neste celular?',
  'enter.as': 'Você vai entrar aqui como {name}.',
  'enter.button': 'Entrar como {name}',
  'enter.other':
    'Este celular está conectado como {name}. Se você continuar, {name} sai daqui. O que {name} ainda não enviou fica guardado aqui.',
  'enter.stay': 'Continuar como {name}',
  'enter.same': 'Você já está aqui como {name}. O código não foi usado: use-o onde quiser entrar.',
  'enter.gone': 'Este código não vale mais',
  'enter.gone.text': 'Ele vale uma vez, por dez minutos. Crie outro onde você está conectado: {settings}, “{move}”.',
  'move.copy-code': 'Copiar o código',
  'move.copy-link': 'Copiar o link',
  'moved.title': 'Você entrou',
  'moved.as': 'Agora você está aqui como {name}.',
  'moved.alerts': 'Os alertas não vêm junto: ative-os aqui.',
} as const;
