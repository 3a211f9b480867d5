export const move = {
  'move.title': 'Pasar a otro teléfono',
  'move.explain': 'Cree un código aquí y úselo en el otro teléfono. Ese teléfono entra con su cuenta, y este sigue conectado.',
  'move.trust':
    'Quien tenga este código puede entrar con su cuenta. No se lo muestre a nadie más. Todos sus dispositivos reciben un aviso cuando se usa.',
  'move.create': 'Crear un código',
  'move.again': 'Crear otro código',
  'move.qr': 'El enlace de entrada como código QR',
  'move.scan': 'Escanéelo con la cámara del otro teléfono.',
  'move.type': 'O abra {address} allí, toque «{button}» y escriba este código:',
  'move.link': 'O abra este enlace allí:',
  'move.valid': 'Vale una vez, hasta {time}.',
  'enter.title': '¿Entrar en este teléfono?',
  'enter.as': 'Entrará aquí como {name}.',
  'enter.button': 'Entrar como {name}',
  'enter.other':
    'Este teléfono está conectado como {name}. Si sigue, {name} sale de aquí. Lo que {name} aún no ha enviado se queda guardado aquí.',
  'enter.stay': 'Seguir como {name}',
  'enter.same': 'Ya está en este teléfono como {name}. El código no se ha usado: abra el enlace en el otro teléfono.',
  'enter.gone': 'Este código ya no vale',
  'enter.gone.text': 'Vale una vez y durante diez minutos. Cree otro en el teléfono que está conectado: {settings}, «{move}».',
} as const;
