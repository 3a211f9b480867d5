export const offline = {
  'offline.asking': 'Situación: {time}. Buscando lo más reciente…',
  'offline.fresh': 'Esto es lo más reciente.',
  'offline.newer': 'Algo ha cambiado: mostrar',
  'outbox.retracting': 'Retirado en este teléfono. Desaparecerá para todos en cuanto haya conexión.',
} as const;
