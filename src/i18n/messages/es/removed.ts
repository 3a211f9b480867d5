export const removed = {
  'removed.open': 'Aún hay invitaciones abiertas a este grupo. Quien tenga el enlace puede volver con otro nombre.',
  'removed.end': 'Terminar todas las invitaciones abiertas',
} as const;
