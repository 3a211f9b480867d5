import { beforeEach, describe, expect, it } from 'vitest';
import { createPageWorld, ID, ME, type PageWorld, TOKEN, TRANSFER_CODE } from '../../testing/page-world.ts';

const AT = '2026-03-11T05:52:10.000Z';

let world: PageWorld;

beforeEach(async () => {
  world = await createPageWorld();
  return () => world.app.close();
});

/** An address of this world that fits a pattern. */
function fill(pattern: string): string {
  const id = { statuses: ID.status, devices: ID.stranger }[pattern.split('/')[1] ?? ''] ?? ID.circle;
  const values = { id, person: ID.mum, invite: ID.status, token: TOKEN, code: TRANSFER_CODE };
  return pattern.replace(/:(\w+)/g, (_, name: keyof typeof values) => values[name]);
}

describe('the forms of who is signed in', () => {
  it('all say whose page they stand on, but those of pages that are shown as nobody’s in particular', async () => {
    world.answer({
      listInvites: async () => [{ id: ID.status, createdBy: ID.mum, createdAt: AT, expiresAt: AT, maxUses: 10, uses: 3 }],
      listNewDevices: async () => [{ id: ID.stranger, name: 'Firefox', at: AT }],
      // So that the form for a sign-in as somebody else is there.
      previewTransfer: async () => ({ ...ME, id: ID.mum }),
    });
    const said = new Set<string>();
    for (const route of world.routes) {
      // So that the form for ending all invites is there, too.
      const { text } = await world.get(`${fill(route)}?removed=1`);
      const forms = text.match(/<form .*?<\/form>/gs) ?? [];
      for (const form of forms) {
        const action = /action="([^"]*)"/.exec(form)?.[1] ?? '';
        const isSaid = form.includes(`<input type="hidden" name="person" value="${ID.me}"/>`);
        expect(isSaid, `${route}: ${form}`).toBe(!['/help', '/offline'].includes(route));
        if (isSaid) said.add(action.replace(/\?.*/, ''));
      }
    }
    // What is offered to strangers only, and the numbers, which are for everybody.
    const others = ['/start', '/country'];
    expect([...world.forms].map(fill).filter((action) => !said.has(action))).toEqual(others);
  });

  it('do nothing to whoever has signed in since', async () => {
    world.answer({ viewer: async () => ({ person: { ...ME, locale: 'ja', nickname: 'はな' }, sessionId: 's' }) });
    for (const form of world.forms) {
      // The size of letters is this browser's, whoever reads.
      if (form === '/text-size') continue;
      world.calls.length = 0;
      const { status, text } = await world.post(fill(form), `person=${ID.mum}&sure=yes&locale=en&country=US&nickname=x`);
      expect(status, form).toBe(401);
      expect(text).toContain('今、はなとしてサインインしています');
      expect(text).toContain('id="outbox"');
      expect(text).toContain('href="/"');
      expect(
        world.calls.map(({ name }) => name).filter((name) => name !== 'viewer'),
        form,
      ).toEqual([]);
    }
  });

  it('are not fooled by a second name', async () => {
    expect((await world.post('/settings', `person=${ID.me}&person=${ID.mum}&nickname=x`)).status).toBe(401);
    expect((await world.post('/settings', `person=${ID.me}&nickname=x`)).status).toBe(303);
  });
});
