import { expect, it } from 'vitest';
import { closeAlerts } from './close-alerts.ts';

type Scope = Parameters<typeof closeAlerts>[0];

it('closes every notification', async () => {
  const shown = new Set(['help', 'digest']);
  const getNotifications = async () => [...shown].map((tag) => ({ close: () => shown.delete(tag) }));
  await closeAlerts({ registration: { getNotifications } } as unknown as Scope);
  expect(shown).toEqual(new Set());
});

it('is no reason not to forget the rest where they cannot be had', async () => {
  const getNotifications = () => Promise.reject(new Error('none'));
  await closeAlerts({ registration: { getNotifications } } as unknown as Scope);
  await closeAlerts({});
});
