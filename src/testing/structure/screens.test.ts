import { describe, expect, it } from 'vitest';
import { ONLY_LEAD_ON, SCREENS } from '../browser/screens.ts';
import { createPageWorld } from '../page-world.ts';

describe('the table of screens', () => {
  it('has every page: a new one is looked at by all tests that go through the table', async () => {
    const { app, routes } = await createPageWorld();
    await app.close();
    const known = new Set([...SCREENS.map(({ route }) => route), ...ONLY_LEAD_ON]);
    expect([...routes].filter((route) => !known.has(route))).toEqual([]);
    expect([...known].filter((route) => !routes.has(route))).toEqual([]);
  });

  it('names each screen once', () => {
    const names = SCREENS.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});
