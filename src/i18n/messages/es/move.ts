export const move = {
  'move.title': 'Pasar a otro teléfono o a la aplicación',
  'move.explain':
    'Cree un código aquí y úselo en el otro teléfono o en Buji en la pantalla de inicio. Así entra allí con su cuenta, y aquí sigue conectado.',
  'move.trust':
    'Quien tenga este código puede entrar con su cuenta. No se lo muestre a nadie más. Todos sus dispositivos reciben un aviso cuando se usa.',
  'move.create': 'Crear un código',
  'move.again': 'Crear otro código',
  'move.qr': 'El enlace de entrada como código QR',
  'move.scan': 'En otro teléfono: escanéelo con la cámara.',
  'move.type': 'O abra Buji allí ({address}), toque «{button}» y escriba este código:',
  'move.link': 'O abra este enlace en el otro teléfono:',
  'move.valid': 'Vale una vez, hasta {time}.',
  'enter.title': '¿Entrar en este teléfono?',
  'enter.as': 'Entrará aquí como {name}.',
  'enter.button': 'Entrar como {name}',
  'enter.other':
    'Este teléfono está conectado como {name}. Si sigue, {name} sale de aquí. Lo que {name} aún no ha enviado se queda guardado aquí.',
  'enter.stay': 'Seguir como {name}',
  'enter.same': 'Ya está aquí como {name}. El código no se ha usado: úselo donde quiera entrar.',
  'enter.gone': 'Este código ya no vale',
  'enter.gone.text': 'Vale una vez y durante diez minutos. Cree otro donde esté conectado: {settings}, «{move}».',
  'move.copy-code': 'Copiar el código',
  'move.copy-link': 'Copiar el enlace',
  'moved.title': 'Ha entrado',
  'moved.as': 'Aquí ha entrado como {name}.',
  'moved.alerts': 'Los avisos no se trasladan: actívelos aquí.',
} as const;
