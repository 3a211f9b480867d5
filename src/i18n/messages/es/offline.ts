export const offline = {
  'offline.asking': 'Situación: {time}. Buscando lo más reciente…',
  'offline.fresh': 'Esto es lo más reciente.',
  'offline.newer': 'Algo ha cambiado: mostrar',
  'outbox.waiting.open':
    'Guardado en este teléfono {time}, aún sin enviar. Deje Buji abierto o vuelva a abrirlo: entonces se enviará.',
  'outbox.retracting': 'Retirado en este teléfono. Desaparecerá para todos en cuanto haya conexión.',
  'outbox.retracted': 'Retirado. Ha desaparecido para todos.',
  'outbox.count': 'A la espera de envío en este teléfono: {count}',
  'outbox.again': 'Enviado {time}, pero un tablero ya no lo tiene. Se envía de nuevo.',
} as const;
