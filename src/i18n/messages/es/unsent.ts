export const unsent = {
  'unsent.circle': 'El grupo ya no existe, o usted ya no puede enviar a él. Elija un grupo y envíelo de nuevo.',
  'unsent.form': 'No llegó respuesta. Puede que se haya hecho, o no. Vuelva atrás, mire primero y luego inténtelo de nuevo.',
  'unsent.sign-in': 'Entre con su código y se enviará.',
} as const;
