import { beforeEach, describe, expect, it } from 'vitest';
import { CIRCLE, createPageWorld, ID, ME, type PageWorld, TOKEN } from '../../testing/page-world.ts';

let world: PageWorld;

beforeEach(async () => {
  world = await createPageWorld();
  return () => world.app.close();
});

describe('POST /circles/:id/invites', () => {
  it('shows the link and its code to who made it, on that page only', async () => {
    const made = await world.post(`/circles/${ID.circle}/invites`, 'expiresInHours=24&maxUses=5');
    expect(made).toMatchObject({ status: 303, headers: { location: `/circles/${ID.circle}/invite` } });
    expect(world.calls.at(-1)?.input).toEqual({ expiresInHours: 24, maxUses: 5 });
    const handover = made.cookies.find(({ name }) => name === 'handover');
    expect(handover?.path).toBe(`/circles/${ID.circle}/invite`);
    const { text } = await world.get(`/circles/${ID.circle}/invite`, { headers: { cookie: `handover=${handover?.value}` } });
    expect(text).toContain(`value="http://buji.test/join/${TOKEN}"`);
    expect(text).toContain('<svg xmlns="http://www.w3.org/2000/svg"');
    // Another keeper, on the same phone.
    world.answer({ viewer: async () => ({ person: { ...ME, id: ID.mum }, sessionId: 's' }) });
    const other = await world.get(`/circles/${ID.circle}/invite`, { headers: { cookie: `handover=${handover?.value}` } });
    expect(other.text).toContain('/invites"');
    expect(other.text).not.toContain(TOKEN);
  });

  it('says what whoever joins will see, before there is a link', async () => {
    const { text } = await world.get(`/circles/${ID.circle}/invite`);
    expect(text).toContain('Whoever joins sees that you invited them');
  });

  it.each(['expiresInHours=0', 'maxUses=1001', 'maxUses=many'])('refuses %s', async (form) => {
    expect((await world.post(`/circles/${ID.circle}/invites`, form)).status).toBe(400);
  });

  it('is a keeper’s unless the circle says otherwise', async () => {
    world.answer({ listCircles: async () => [{ ...CIRCLE, role: 'member' }] });
    expect((await world.get(`/circles/${ID.circle}/invite`)).status).toBe(403);
    world.answer({ listCircles: async () => [{ ...CIRCLE, role: 'member', invites: 'members' }] });
    expect((await world.get(`/circles/${ID.circle}/invite`)).status).toBe(200);
  });
});
