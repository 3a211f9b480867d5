/** A page that came from the phone itself, and what becomes of it. */
export const offline = {
  'offline.asking': 'This is how it stood at {time}. Asking for the newest…',
  'offline.fresh': 'This is the newest.',
  'offline.newer': 'Some of this has changed: show it',
  'outbox.waiting.open': 'Saved on this phone {time}, not sent yet. Keep Buji open, or open it again: then it is sent.',
  'outbox.retracting': 'Taken back on this phone. It is gone for everybody as soon as there is a connection.',
  'outbox.retracted': 'Taken back. It is gone for everybody.',
  'outbox.count': 'Waiting on this phone to be sent: {count}',
  'outbox.again': 'Sent {time}, but a board no longer has it. It is being sent again.',
} as const;
