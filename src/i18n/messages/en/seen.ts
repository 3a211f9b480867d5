/** Who has seen a status, and whose phones an alert of it has reached. */
export const seen = {
  'seen.reached': { one: 'reached {count} phone', other: 'reached {count} phones' },
  'seen.seen': { one: 'seen by {count} person', other: 'seen by {count} people' },
  'seen.unconfirmed': 'No phone has confirmed this yet. Call {number}.',
  'seen.by': 'Seen by {names}',
  'seen.settings.title': 'Seen by',
  'seen.settings.all': 'Show who has seen a status',
  'seen.settings.explain':
    'Whoever sees your status is shown to you, and you are shown to them. Turn it off, and nobody sees what you have seen; you see nobody either.',
  'seen.settings.circles': 'In which circles',
} as const;
