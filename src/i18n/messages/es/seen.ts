export const seen = {
  'seen.reached': { one: 'llegó al teléfono de {count} persona', other: 'llegó al teléfono de {count} personas' },
  'seen.seen': { one: 'visto por {count} persona', other: 'visto por {count} personas' },
  'seen.unconfirmed': 'Ningún teléfono lo ha confirmado todavía. Llame al {number}.',
  'seen.by': 'Visto por {names}',
  'seen.settings.title': 'Visto por',
  'seen.settings.all': 'Mostrar quién lo ha visto',
  'seen.settings.explain':
    'Usted ve quién ha visto lo que escribe, y los demás ven lo que usted ha visto. Si lo desactiva, nadie ve lo que usted ha visto, y usted tampoco ve quién lo ha visto.',
  'seen.settings.circles': 'En qué grupos',
} as const;
