import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { NewInvite } from '../../contract/circles.ts';
import type { Person } from '../../contract/people.ts';
import { must, readBoard } from '../client.ts';
import { useService } from '../use-service.ts';

const suite = useService();

interface Made {
  person: Person;
  token: string;
  recoveryCode: string;
}

describe('POST /v1/people with the key of an attempt', () => {
  /** A family, and one wish to join it, sent as often as it takes. */
  async function makeWish(maxUses: number) {
    const keeper = await suite.person('Mum');
    const circle = await suite.circle([keeper]);
    const invite = await must<NewInvite>(keeper, 201, 'POST', `/v1/circles/${circle.id}/invites`, { maxUses });
    const wish = { nickname: 'Granny', invite: invite.token, attempt: randomUUID() };
    return {
      send: () => suite.ask<Made>('POST', '/v1/people', wish),
      names: async () => (await readBoard(keeper, circle)).members.map(({ member }) => member.nickname).sort(),
    };
  }
  const me = ({ token }: Made) => suite.ask('GET', '/v1/me', undefined, { authorization: `Bearer ${token}` });

  it('makes one member, whichever process a repeat comes to, until an answer was used', async () => {
    const { send, names } = await makeWish(1);
    const [lost, again, found] = [await send(), await send(), await send()];
    for (const { status, body } of [lost, again, found]) expect([status, body.person.id]).toEqual([201, lost.body.person.id]);
    expect(await names()).toEqual(['Granny', 'Mum']);
    expect((await me(lost.body)).status).toBe(401);
    expect((await suite.ask('POST', '/v1/sessions', { recoveryCode: again.body.recoveryCode })).status).toBe(401);
    expect((await me(found.body)).status).toBe(200);
    expect(await send()).toMatchObject({ status: 409, body: { code: 'id-taken' } });
    expect((await me(found.body)).status).toBe(200);
    expect((await suite.ask('POST', '/v1/sessions', { recoveryCode: found.body.recoveryCode })).status).toBe(201);
    expect(await names()).toEqual(['Granny', 'Mum']);
  });

  it('makes one member of two at the same moment', async () => {
    const { send, names } = await makeWish(10);
    const both = await Promise.all([send(), send()]);
    const made = both.filter(({ status }) => status === 201);
    expect(made.length).toBeGreaterThan(0);
    for (const { status } of both) expect([201, 503]).toContain(status);
    expect(new Set(made.map(({ body }) => body.person.id)).size).toBe(1);
    expect(await names()).toEqual(['Granny', 'Mum']);
    const works = await Promise.all(made.map(async ({ body }) => (await me(body)).status));
    expect(works.filter((status) => status === 200)).toHaveLength(1);
  });

  it('refuses a key that could be guessed', async () => {
    const answer = await suite.ask('POST', '/v1/people', { nickname: 'Granny', attempt: 'again' });
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
  });
});
