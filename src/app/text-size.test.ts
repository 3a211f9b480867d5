import { describe, expect, it } from 'vitest';
import { createPageWorld } from '../testing/page-world.ts';
import { asTextSize } from './text-size.ts';

describe('asTextSize', () => {
  it.each([
    ['large', 'large'],
    ['largest', 'largest'],
    ['huge', 'normal'],
    ['', 'normal'],
    [undefined, 'normal'],
  ])('takes %j as %s', (text, size) => {
    expect(asTextSize(text)).toBe(size);
  });
});

describe('the size of the letters', () => {
  it('is chosen by one press in the settings and then stands on every page, before any style is read', async () => {
    const world = await createPageWorld();
    const answer = await world.post('/text-size', 'size=largest');
    expect(answer).toMatchObject({ status: 303, headers: { location: '/settings' } });
    expect(answer.cookies).toMatchObject([{ name: 'size', value: 'largest', path: '/' }]);
    const cookie = 'size=largest';
    for (const path of ['/', '/settings', '/no/such/page']) {
      expect((await world.get(path, { headers: { cookie } })).text, path).toContain('class="en size-largest"');
    }
    expect((await world.get('/settings', { headers: { cookie } })).text).toMatch(/value="largest"[^>]*aria-current="true"/);
    expect((await world.get('/', { headers: { cookie: 'size=%22%3E' } })).text).toContain('<html lang="en" class="en">');
    await world.app.close();
  });
});
