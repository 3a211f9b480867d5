import { describe, expect, it } from 'vitest';
import { createPageWorld } from '../../testing/page-world.ts';
import { say } from '../say.ts';
import { readKeptWords } from './kept-words.ts';

const keep = (html: string | undefined) =>
  ({ match: async () => (html === undefined ? undefined : new Response(html)) }) as unknown as CacheStorage;

describe('readKeptWords', () => {
  it('speaks with the words of the page for no connection', async () => {
    const world = await createPageWorld();
    const { text } = await world.get('/offline', { signedIn: false, headers: { cookie: 'lang=ja' } });
    await world.app.close();
    const words = await readKeptWords(keep(text), 0);
    if (!words) throw new Error('no words');
    for (const key of [
      'button.ok',
      'button.help',
      'condition.help',
      'outbox.refused',
      'alert.unreadable',
      'outbox.retracted',
      'outbox.retracting.sign-in',
    ] as const) {
      expect(say(words, key), key).toMatch(/\p{Script=Hiragana}/u);
    }
    for (const key of ['outbox.saved', 'outbox.waiting', 'outbox.waiting.open', 'outbox.sent', 'outbox.sign-in'] as const) {
      expect(say(words, key, { time: '14:05' }), key).toContain('14:05');
    }
  });

  it.each([undefined, '', '<p>', '<script id="page-data">{</script>', '<script id="page-data">{"messages":{}}</script>'])(
    'has none in %j',
    async (html) => {
      expect(await readKeptWords(keep(html), 0)).toBeNull();
    },
  );
});
