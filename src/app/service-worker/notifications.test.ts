import { setTimeout as delay } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { closeAlerts, inTurn } from './notifications.ts';

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

it('waits for what is being shown or asked for, also where that fails', async () => {
  const steps: string[] = [];
  const show = async (tag: string) => {
    steps.push(`${tag} begins`);
    await delay(10);
    steps.push(`${tag} ends`);
    if (tag === 'refused') throw new Error('refused');
  };
  const refused = inTurn(() => show('refused'));
  const help = inTurn(() => show('help'));
  await expect(refused).rejects.toThrow('refused');
  await help;
  expect(steps).toEqual(['refused begins', 'refused ends', 'help begins', 'help ends']);
});

it('waits for nothing that hangs, and for nobody where the browser knows or gives no turns', async () => {
  let release = () => {};
  const hanging = inTurn(
    () =>
      new Promise<void>((resolve) => {
        release = resolve;
      }),
  );
  expect(await inTurn(async () => 'help is shown')).toBe('help is shown');
  vi.stubGlobal('navigator', { locks: { request: () => Promise.reject(new Error('no locks here')) } });
  expect(await inTurn(async () => 'help is shown')).toBe('help is shown');
  vi.stubGlobal('navigator', {});
  expect(await inTurn(async () => 'help is shown')).toBe('help is shown');
  vi.unstubAllGlobals();
  release();
  await hanging;
});
