import { expect, it } from 'vitest';
import { createPageWorld, ID, ME } from '../testing/page-world.ts';

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
