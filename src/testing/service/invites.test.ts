import { describe, expect, it } from 'vitest';
import type { Circle, Invite, NewInvite } from '../../contract/circles.ts';
import { INVITE_DEFAULT_HOURS, INVITE_DEFAULT_USES, INVITES_PER_CIRCLE_MAX } from '../../contract/limits.ts';
import { type Client, must } from '../client.ts';
import { useService } from '../use-service.ts';

const suite = useService();
const invite = (client: Client, circle: Circle, input: object = {}) =>
  must<NewInvite>(client, 201, 'POST', `/v1/circles/${circle.id}/invites`, input);
const accept = (client: Client, { token }: NewInvite, face: object = {}) =>
  client.call('POST', `/v1/invites/${token}/accept`, face);
const list = async (client: Client, circle: Circle) =>
  (await must<{ invites: Invite[] }>(client, 200, 'GET', `/v1/circles/${circle.id}/invites`)).invites;

describe('POST /v1/circles/{id}/invites', () => {
  it('lasts three days and ten uses unless said otherwise', async () => {
    const client = await suite.person();
    const circle = await suite.circle([client]);
    const before = Date.now();
    const made = await invite(client, circle);
    const hours = (Date.parse(made.expiresAt) - before) / 3_600_000;
    expect(Math.round(hours * 100) / 100).toBe(INVITE_DEFAULT_HOURS);
    expect(made.maxUses).toBe(INVITE_DEFAULT_USES);
    expect(made.url).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:\\d+/join/${made.token}$`));
    const short = await invite(client, circle, { expiresInHours: 1, maxUses: 1 });
    expect((Date.parse(short.expiresAt) - before) / 3_600_000).toBeLessThan(1.1);
    expect(short.maxUses).toBe(1);
  });

  it('takes no body at all as no wishes', async () => {
    const client = await suite.person();
    const circle = await suite.circle([client]);
    expect(await client.call('POST', `/v1/circles/${circle.id}/invites`)).toMatchObject({ status: 201 });
  });

  it("is the keepers' unless the circle says members", async () => {
    const [keeper, member] = await suite.people('Mum', 'Aki');
    const circle = await suite.circle([keeper, member]);
    const path = `/v1/circles/${circle.id}/invites`;
    const refusal = { status: 403, body: { code: 'not-keeper' } };
    expect(await member.call('POST', path, {})).toMatchObject(refusal);
    expect(await member.call('GET', path)).toMatchObject(refusal);
    const [made] = await list(keeper, circle);
    expect(await member.call('DELETE', `${path}/${made?.id}`)).toMatchObject(refusal);
    await must(keeper, 200, 'PATCH', `/v1/circles/${circle.id}`, { invites: 'members' });
    await invite(member, circle);
    expect(await list(member, circle)).toHaveLength(2);
  });

  it('stops at the most invites that a circle may have open', async () => {
    const client = await suite.person();
    const circle = await suite.circle([client]);
    const made = await invite(client, circle);
    for (let count = 1; count < INVITES_PER_CIRCLE_MAX; count++) await invite(client, circle);
    expect(await client.call('POST', `/v1/circles/${circle.id}/invites`, {})).toMatchObject({
      status: 409,
      body: { code: 'too-many-invites' },
    });
    await must(client, 204, 'DELETE', `/v1/circles/${circle.id}/invites/${made.id}`);
    await invite(client, circle);
  });
});

describe('GET /v1/circles/{id}/invites', () => {
  it('lists newest first, page by page, never with a token', async () => {
    const client = await suite.person();
    const circle = await suite.circle([client]);
    const made: NewInvite[] = [];
    for (let count = 0; count < 5; count++) made.push(await invite(client, circle));
    const seen: Invite[] = [];
    const sizes: number[] = [];
    for (let query = '?limit=2'; query; ) {
      const path = `/v1/circles/${circle.id}/invites${query}`;
      const page = await must<{ invites: Invite[]; next: string | null }>(client, 200, 'GET', path);
      seen.push(...page.invites);
      sizes.push(page.invites.length);
      query = page.next ? `?limit=2&before=${page.next}` : '';
    }
    expect(sizes).toEqual([2, 2, 1]);
    expect(seen.map(({ id }) => id)).toEqual(made.map(({ id }) => id).reverse());
    for (const { token } of made) expect(JSON.stringify(seen)).not.toContain(token);
    expect(seen[0]).toEqual({
      id: made[4]?.id,
      createdBy: client.person.id,
      createdAt: expect.any(String),
      expiresAt: made[4]?.expiresAt,
      maxUses: INVITE_DEFAULT_USES,
      uses: 0,
    });
  });
});

describe('GET /v1/invites/{token}', () => {
  it('shows where it leads and who invites, to anybody, and takes no use', async () => {
    const keeper = await suite.person('Mum');
    const circle = await suite.circle([keeper], { name: '家族' });
    const made = await invite(keeper, circle, { maxUses: 1 });
    for (let look = 0; look < 3; look++) {
      expect(await suite.ask('GET', `/v1/invites/${made.token}`)).toMatchObject({
        status: 200,
        body: {
          circle: { name: '家族', kind: 'family', memberCount: 1 },
          invitedBy: { nickname: 'Mum', avatar: keeper.person.avatar },
        },
      });
    }
    const { body } = await suite.ask('GET', `/v1/invites/${made.token}`);
    expect(JSON.stringify(body)).not.toContain(circle.id);
    expect((await list(keeper, circle))[0]?.uses).toBe(0);
  });

  it('is not found by its id, nor by a token that never was', async () => {
    const keeper = await suite.person();
    const made = await invite(keeper, await suite.circle([keeper]));
    for (const token of [made.id, 'a'.repeat(43)]) await must(keeper, 404, 'GET', `/v1/invites/${token}`);
  });
});

describe('POST /v1/invites/{token}/accept', () => {
  it('lets somebody in under the face that they choose', async () => {
    const [keeper, guest] = await suite.people('Mum', 'Aki');
    const circle = await suite.circle([keeper]);
    const face = { nickname: 'Little one', avatar: { emoji: '🐤', colour: 'yellow' } };
    const answer = await accept(guest, await invite(keeper, circle), face);
    expect(answer).toMatchObject({ status: 200, body: { id: circle.id, role: 'member', memberCount: 2 } });
    const board = await must<{ members: unknown[] }>(keeper, 200, 'GET', `/v1/circles/${circle.id}/board`);
    expect(board.members).toContainEqual({ member: { id: guest.person.id, role: 'member', ...face }, status: null });
  });

  it('takes no second use from somebody who is in already', async () => {
    const [keeper, guest] = await suite.people('Mum', 'Aki');
    const circle = await suite.circle([keeper]);
    const made = await invite(keeper, circle, { maxUses: 2 });
    for (let time = 0; time < 3; time++)
      expect(await accept(guest, made)).toMatchObject({ status: 200, body: { memberCount: 2 } });
    expect(await accept(keeper, made)).toMatchObject({ status: 200, body: { role: 'keeper' } });
    expect((await list(keeper, circle))[0]?.uses).toBe(1);
  });

  it('refuses everybody once it is revoked', async () => {
    const [keeper, guest] = await suite.people('Mum', 'Aki');
    const circle = await suite.circle([keeper]);
    const made = await invite(keeper, circle);
    const path = `/v1/circles/${circle.id}/invites/${made.id}`;
    await must(keeper, 204, 'DELETE', path);
    await must(keeper, 404, 'DELETE', path);
    const refusal = { status: 410, body: { code: 'invite-expired' } };
    expect(await accept(guest, made)).toMatchObject(refusal);
    expect(await suite.ask('GET', `/v1/invites/${made.token}`)).toMatchObject(refusal);
    expect(await suite.ask('POST', '/v1/people', { nickname: 'Ken', invite: made.token })).toMatchObject(refusal);
    expect(await list(keeper, circle)).toEqual([]);
  });

  it('refuses once whoever invited is out of the circle', async () => {
    const [keeper, member, guest] = await suite.people('Mum', 'Aki', 'Ken');
    const circle = await suite.circle([keeper, member]);
    await must(keeper, 200, 'PATCH', `/v1/circles/${circle.id}`, { invites: 'members' });
    const made = await invite(member, circle);
    await must(keeper, 204, 'DELETE', `/v1/circles/${circle.id}/members/${member.person.id}`);
    expect(await accept(guest, made)).toMatchObject({ status: 410, body: { code: 'invite-expired' } });
    expect(await accept(member, made)).toMatchObject({ status: 410, body: { code: 'invite-expired' } });
  });

  it('lets exactly as many in as it may, of fifty at once', async () => {
    const keeper = await suite.person('Mum');
    const circle = await suite.circle([keeper]);
    const made = await invite(keeper, circle, { maxUses: 7 });
    const guests = await suite.people(...Array.from({ length: 50 }, (_, index) => `Guest ${index}`));
    const answers = await Promise.all(guests.map((guest) => accept(guest, made)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(7);
    for (const { status, body } of answers) {
      if (status !== 200) expect({ status, body }).toMatchObject({ status: 410, body: { code: 'invite-used-up' } });
    }
    expect(await must(keeper, 200, 'GET', `/v1/circles/${circle.id}`)).toMatchObject({ memberCount: 8 });
    const refusal = { status: 410, body: { code: 'invite-used-up' } };
    expect(await suite.ask('GET', `/v1/invites/${made.token}`)).toMatchObject(refusal);
    expect(await suite.ask('POST', '/v1/people', { nickname: 'Late', invite: made.token })).toMatchObject(refusal);
  });
});
