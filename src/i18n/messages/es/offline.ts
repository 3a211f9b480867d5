export const offline = {
  'offline.title': 'No se puede acceder a Buji',
  'offline.text':
    'O este teléfono no tiene conexión, o Buji no responde. Esta página no está guardada en este teléfono. Inténtelo de nuevo dentro de un rato.',
  'offline.copy': 'Sin conexión. Situación: {time}.',
  'offline.busy': 'Buji no responde en este momento. Situación: {time}.',
  'offline.asking': 'Situación: {time}. Buscando lo más reciente…',
  'offline.fresh': 'Esto es lo más reciente.',
  'offline.newer': 'Algo ha cambiado: mostrar',
} as const;
