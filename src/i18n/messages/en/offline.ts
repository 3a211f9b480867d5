/** A page that came from the phone itself, and what becomes of it; and the one without an answer or a copy. */
export const offline = {
  'offline.title': 'Buji cannot be reached',
  'offline.text':
    'Either this phone has no connection, or Buji does not answer. This page is not saved on this phone. Please try it again in a while.',
  'offline.copy': 'No connection. This is how it stood at {time}.',
  'offline.busy': 'Buji does not answer at the moment. This is how it stood at {time}.',
  'offline.asking': 'This is how it stood at {time}. Asking for the newest…',
  'offline.fresh': 'This is the newest.',
  'offline.newer': 'Some of this has changed: show it',
} as const;
