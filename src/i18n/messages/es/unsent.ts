export const unsent = {
  'unsent.circle': 'El grupo ya no existe, o usted ya no puede enviar a él. Elija un grupo y envíelo de nuevo.',
  'unsent.form': 'Esto no se envió, o no llegó respuesta. Vuelva atrás e inténtelo de nuevo.',
  'unsent.sign-in': 'Entre con su código y se enviará.',
} as const;
