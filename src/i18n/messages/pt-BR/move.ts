export const move = {
  'move.title': 'Mudar para outro celular',
  'move.explain': 'Crie um código aqui e use-o no outro celular. Ele entra como você, e este continua conectado.',
  'move.trust':
    'Quem tiver este código pode entrar como você. Não mostre a mais ninguém. Todos os seus aparelhos são avisados quando ele é usado.',
  'move.create': 'Criar um código',
  'move.again': 'Criar outro código',
  'move.qr': 'O link de entrada como código QR',
  'move.scan': 'Aponte a câmera do outro celular para este código.',
  'move.type': 'Ou abra {address} nele, toque em “{button}” e digite este código:',
  'move.link': 'Ou abra este link nele:',
  'move.valid': 'Vale uma vez, até {time}.',
  'enter.title': 'Entrar neste celular?',
  'enter.as': 'Você vai entrar aqui como {name}.',
  'enter.button': 'Entrar como {name}',
  'enter.other':
    'Este celular está conectado como {name}. Se você continuar, {name} sai daqui. O que {name} ainda não enviou fica guardado aqui.',
  'enter.stay': 'Continuar como {name}',
  'enter.same': 'Você já está neste celular como {name}. O código não foi usado: abra o link no outro celular.',
  'enter.gone': 'Este código não vale mais',
  'enter.gone.text': 'Ele vale uma vez, por dez minutos. Crie outro no celular que está conectado: {settings}, “{move}”.',
} as const;
