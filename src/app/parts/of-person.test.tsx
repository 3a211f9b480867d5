import { expect, it } from 'vitest';
import { createPageWorld, ID, ME } from '../../testing/page-world.ts';

it('says who is signed in, in their language, with what waits on the phone and a way home', async () => {
  const world = await createPageWorld();
  world.answer({ viewer: async () => ({ person: { ...ME, locale: 'ja', nickname: 'はな' }, sessionId: 's' }) });
  const { status, text } = await world.post('/erase', `sure=yes&person=${ID.mum}`);
  await world.app.close();
  expect(status).toBe(401);
  expect(text).toContain('今、はなとしてサインインしています');
  expect(text).toContain('id="outbox"');
  expect(text).toContain('href="/"');
});

it.each(['leave', 'delete', 'me'])('lets no form of another person change what this one is in a circle: %s', async (what) => {
  const world = await createPageWorld();
  const { text } = await world.get(`/circles/${ID.circle}/settings`);
  expect(text).toMatch(
    new RegExp(`action="/circles/${ID.circle}/${what}"[^>]*><input type="hidden" name="person" value="${ID.me}"`),
  );
  const { status } = await world.post(`/circles/${ID.circle}/${what}`, `person=${ID.mum}&alerts=none`);
  const calls = world.calls.map(({ name }) => name);
  await world.app.close();
  expect(status).toBe(401);
  expect(calls.filter((name) => /^(remove|change|leave|delete)/.test(name))).toEqual([]);
});
