import { beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../contract/app-error.ts';
import { CIRCLE, createPageWorld, ID, type PageWorld } from '../../testing/page-world.ts';

let world: PageWorld;

beforeEach(async () => {
  world = await createPageWorld();
  return () => world.app.close();
});

const PATH = `/circles/${ID.circle}/settings`;
const asMember = { ...CIRCLE, role: 'member' as const };

async function getAsMember(invites: 'keepers' | 'members'): Promise<string> {
  world.answer({
    board: async () => ({
      circle: { ...asMember, invites },
      position: CIRCLE.position,
      since: CIRCLE.createdAt,
      counts: { ok: 0, evacuated: 0, hurt: 0, help: 0, silent: 1 },
      members: [
        { member: { id: ID.me, nickname: 'Kenny', avatar: { emoji: '🐧', colour: 'teal' }, role: 'member' }, status: null },
      ],
    }),
  });
  return (await world.get(PATH)).text;
}

describe('GET /circles/:id/settings', () => {
  it('shows a keeper the members, the own face and alerts, open invites, and what only keepers decide', async () => {
    const { status, text } = await world.get(PATH);
    expect(status).toBe(200);
    expect(text).toContain(`/circles/${ID.circle}/members/${ID.mum}`);
    expect(text).toMatch(/value="help-only" checked/);
    expect(text).toMatch(/value="🐻" checked/);
    expect(text).toContain('3 of 10 used');
    expect(text).toContain(`action="${PATH}"`);
    expect(text).toContain(`action="/circles/${ID.circle}/delete"`);
    expect(text).toContain(`action="/circles/${ID.circle}/leave"`);
  });

  it('shows a member their own face as this circle knows it, and nothing that only keepers decide', async () => {
    const text = await getAsMember('keepers');
    expect(text).toContain('value="Kenny"');
    expect(text).toContain(`action="/circles/${ID.circle}/leave"`);
    for (const path of ['settings', 'delete', 'invites']) expect(text).not.toContain(`action="/circles/${ID.circle}/${path}`);
    expect(world.calls.map(({ name }) => name)).not.toContain('listInvites');
  });

  it('shows a member the invites where members may invite', async () => {
    expect(await getAsMember('members')).toContain(`/circles/${ID.circle}/invites/${ID.status}/revoke`);
  });

  it('is not there for anybody else', async () => {
    expect((await world.get(`/circles/${ID.stranger}/settings`)).status).toBe(404);
    expect((await world.get(PATH, { signedIn: false })).status).toBe(401);
  });
});

describe('the forms of a circle', () => {
  it.each([
    ['settings', 'name=+Yamada+&invites=members', 'changeCircle', { name: 'Yamada', invites: 'members' }, PATH],
    [
      'me',
      'nickname=Kenny&alerts=none&emoji=🐧&colour=teal',
      'changeMember',
      { nickname: 'Kenny', alerts: 'none', avatar: { emoji: '🐧', colour: 'teal' } },
      PATH,
    ],
    [`members/${ID.mum}/role`, 'role=member', 'changeMember', { role: 'member' }, `/circles/${ID.circle}/members/${ID.mum}`],
    [`members/${ID.mum}/remove`, '', 'removeMember', ID.mum, `${PATH}?removed=1`],
    [`invites/${ID.status}/revoke`, '', 'revokeInvite', ID.status, PATH],
    ['invites/revoke', '', 'revokeInvites', ID.circle, PATH],
    ['leave', '', 'removeMember', ID.me, '/'],
    ['delete', '', 'removeCircle', ID.circle, '/'],
  ])('%s with %j asks for %s and leads on', async (form, body, name, input, location) => {
    const answer = await world.post(`/circles/${ID.circle}/${form}`, body);
    expect(answer).toMatchObject({ status: 303, headers: { location } });
    expect(world.calls.at(-1)).toEqual({ name, input });
  });

  it.each([
    ['settings', `name=${'x'.repeat(41)}`],
    ['settings', 'invites=nobody'],
    ['me', 'alerts=loud'],
    ['me', ''],
    [`members/${ID.mum}/role`, 'role=king'],
  ])('%s with %j is refused on the page', async (form, body) => {
    const { status, text } = await world.post(`/circles/${ID.circle}/${form}`, body);
    expect(status).toBe(400);
    expect(text).toContain('class="refusal"');
    expect(text).toContain(`action="${PATH}"`);
  });

  it('tell the last keeper what to do before leaving', async () => {
    world.answer({ removeMember: async () => Promise.reject(new AppError('last-keeper')) });
    const { status, text } = await world.post(`/circles/${ID.circle}/leave`);
    expect(status).toBe(409);
    expect(text).toContain('Make somebody else keeper');
  });

  it('are not there for who is no member', async () => {
    for (const form of ['settings', 'me', 'leave', 'delete', `members/${ID.mum}/remove`]) {
      expect((await world.post(`/circles/${ID.stranger}/${form}`, 'name=x&nickname=x')).status, form).toBe(404);
    }
  });
});

describe('after somebody was removed', () => {
  const made = { id: ID.status, createdAt: CIRCLE.createdAt, expiresAt: CIRCLE.createdAt, maxUses: 10, uses: 3 };
  const open = (...makers: string[]) =>
    world.answer({ listInvites: async () => makers.map((createdBy) => ({ ...made, createdBy })) });
  const end = `action="/circles/${ID.circle}/invites/revoke"`;

  it('says that whoever has a link can come back, and offers to end them all', async () => {
    open(ID.stranger, ID.mum);
    const { text } = await world.get(`${PATH}?removed=1`);
    expect(text).toContain('can come back under a new name');
    expect(text).toContain(end);
    expect(text).toContain(`name="back" value="${PATH}?removed=1"`);
    expect((await world.get(PATH)).text).not.toContain(end);
  });

  it('says nothing where no link is open, or only such as lead nowhere since their maker is out', async () => {
    for (const makers of [[], [ID.stranger]]) {
      open(...makers);
      expect((await world.get(`${PATH}?removed=1`)).text).not.toContain(end);
    }
  });
});

describe('the page of a member', () => {
  it('offers a keeper what can be done about somebody else, and nobody anything about themselves', async () => {
    const { text } = await world.get(`/circles/${ID.circle}/members/${ID.mum}`);
    expect(text).toContain(`/members/${ID.mum}/remove`);
    expect(text).toContain('plain member');
    expect((await world.get(`/circles/${ID.circle}/members/${ID.me}`)).text).not.toContain('/remove');
  });
});
