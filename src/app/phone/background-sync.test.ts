import { expect, it } from 'vitest';
import { askBackgroundSync } from './background-sync.ts';

const registrationWith = (sync: unknown) => ({ sync }) as unknown as ServiceWorkerRegistration;

it('says whether the browser will send what waits', async () => {
  const asked: string[] = [];
  const register = async (tag: string) => void asked.push(tag);
  expect(await askBackgroundSync(registrationWith({ register }))).toBe(true);
  expect(asked).toEqual(['outbox']);
  const refuse = async () => Promise.reject(new Error('not allowed'));
  expect(await askBackgroundSync(registrationWith({ register: refuse }))).toBe(false);
});

it('is answered with no where there is no service worker, or none that can', async () => {
  expect(await askBackgroundSync(undefined)).toBe(false);
  expect(await askBackgroundSync({} as ServiceWorkerRegistration)).toBe(false);
});
