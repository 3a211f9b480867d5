import { uuidv7 } from 'uuidv7';
import { describe, expect, it } from 'vitest';
import type { Circle } from '../../contract/circles.ts';
import { CIRCLES_PER_PERSON_MAX } from '../../contract/limits.ts';
import { type Client, must, post, readBoard, waitForBoard } from '../client.ts';
import { useService } from '../use-service.ts';

const suite = useService();
const memberPath = (circle: Circle, { person }: Client) => `/v1/circles/${circle.id}/members/${person.id}`;

describe('POST /v1/circles', () => {
  it('makes its maker the keeper, under the face chosen for it', async () => {
    const client = await suite.person('Aki');
    const face = { nickname: 'Captain', avatar: { emoji: '⭐', colour: 'red' } };
    const circle = await must<Circle>(client, 201, 'POST', '/v1/circles', { name: '消防団', kind: 'neighbours', ...face });
    expect(circle).toMatchObject({ name: '消防団', kind: 'neighbours', memberCount: 1, role: 'keeper', invites: 'keepers' });
    expect(await must(client, 200, 'GET', `/v1/circles/${circle.id}`)).toEqual(circle);
    const board = await readBoard(client, circle);
    expect(board.members).toEqual([{ member: { id: client.person.id, role: 'keeper', ...face }, status: null }]);
  });

  it('stops at the most circles that a person may be in', async () => {
    const client = await suite.person();
    for (let count = 0; count < CIRCLES_PER_PERSON_MAX; count++) await suite.circle([client], { name: `Circle ${count}` });
    const refused = await client.call('POST', '/v1/circles', { name: 'One more', kind: 'family' });
    expect(refused).toMatchObject({ status: 409, body: { code: 'too-many-circles' } });
    const keeper = await suite.person();
    const other = await suite.circle([keeper]);
    const { token } = await must<{ token: string }>(keeper, 201, 'POST', `/v1/circles/${other.id}/invites`, {});
    expect(await client.call('POST', `/v1/invites/${token}/accept`, {})).toMatchObject({
      status: 409,
      body: { code: 'too-many-circles' },
    });
    const { circles } = await must<{ circles: unknown[] }>(client, 200, 'GET', '/v1/me');
    expect(circles).toHaveLength(CIRCLES_PER_PERSON_MAX);
  });
});

describe('PATCH and DELETE /v1/circles/{id}', () => {
  it("are a keeper's", async () => {
    const [keeper, member] = await suite.people('Mum', 'Aki');
    const circle = await suite.circle([keeper, member]);
    const path = `/v1/circles/${circle.id}`;
    for (const [method, body] of [['PATCH', { name: 'Mine' }] as const, ['DELETE', undefined] as const]) {
      expect(await member.call(method, path, body)).toMatchObject({ status: 403, body: { code: 'not-keeper' } });
    }
    expect(await must(member, 200, 'GET', path)).toMatchObject({ name: circle.name, memberCount: 2 });
    const changed = await must<Circle>(keeper, 200, 'PATCH', path, { name: 'Our family', invites: 'members' });
    expect(changed).toMatchObject({ name: 'Our family', invites: 'members', kind: circle.kind });
    expect(await must(member, 200, 'GET', path)).toEqual({ ...changed, role: 'member' });
  });

  it('makes a deleted circle as if it had never been', async () => {
    const [keeper, member] = await suite.people('Mum', 'Aki');
    const circle = await suite.circle([keeper, member]);
    const status = await post(member, 'ok');
    await waitForBoard(keeper, circle, member.person.id, status.id);
    await must(keeper, 204, 'DELETE', `/v1/circles/${circle.id}`);
    for (const client of [keeper, member]) {
      for (const path of ['', '/board', '/feed', '/invites', `/members/${member.person.id}/statuses`]) {
        expect(await client.call('GET', `/v1/circles/${circle.id}${path}`)).toMatchObject({ status: 404 });
      }
      expect(await must(client, 200, 'GET', '/v1/me')).toMatchObject({ circles: [] });
    }
    await must(keeper, 404, 'GET', `/v1/statuses/${status.id}`);
    expect(await member.call('POST', '/v1/statuses', { ...status, id: status.id })).toMatchObject({ status: 202 });
  });
});

describe('members', () => {
  it('change their own face and alerts, which nobody else may', async () => {
    const [keeper, member] = await suite.people('Mum', 'Aki');
    const circle = await suite.circle([keeper, member]);
    const face = { nickname: 'Akiko', avatar: { emoji: '🌸', colour: 'pink' } };
    const changed = await must(member, 200, 'PATCH', memberPath(circle, member), { ...face, alerts: 'help-only' });
    expect(changed).toEqual({ id: member.person.id, role: 'member', alerts: 'help-only', footprints: true, ...face });
    expect(await keeper.call('PATCH', memberPath(circle, member), { nickname: 'Silly' })).toMatchObject({ status: 403 });
    expect(await keeper.call('PATCH', memberPath(circle, member), { alerts: 'none' })).toMatchObject({ status: 403 });
    const board = await readBoard(keeper, circle);
    expect(board.members.map((row) => row.member)).toContainEqual({ id: member.person.id, role: 'member', ...face });
  });

  it('are made keeper and member again by keepers only', async () => {
    const [keeper, member] = await suite.people('Mum', 'Aki');
    const circle = await suite.circle([keeper, member]);
    expect(await member.call('PATCH', memberPath(circle, member), { role: 'keeper' })).toMatchObject({
      status: 403,
      body: { code: 'not-keeper' },
    });
    await must(keeper, 200, 'PATCH', memberPath(circle, member), { role: 'keeper' });
    await must(member, 200, 'PATCH', memberPath(circle, keeper), { role: 'member' });
    expect(await must(keeper, 200, 'GET', `/v1/circles/${circle.id}`)).toMatchObject({ role: 'member' });
    expect(await member.call('PATCH', memberPath(circle, member), { role: 'member' })).toMatchObject({
      status: 409,
      body: { code: 'last-keeper' },
    });
  });

  it('are not shown what other members chose for their alerts', async () => {
    const [keeper, member] = await suite.people('Mum', 'Aki');
    const circle = await suite.circle([keeper, member]);
    await must(member, 200, 'PATCH', memberPath(circle, member), { alerts: 'none' });
    const promoted = await must(keeper, 200, 'PATCH', memberPath(circle, member), { role: 'keeper' });
    expect(promoted).not.toHaveProperty('alerts');
    expect(JSON.stringify(await readBoard(keeper, circle))).not.toContain('alerts');
  });

  it('leave, and then the circle is gone for them', async () => {
    const [keeper, member] = await suite.people('Mum', 'Aki');
    const circle = await suite.circle([keeper, member]);
    await must(member, 204, 'DELETE', memberPath(circle, member));
    await must(member, 404, 'GET', `/v1/circles/${circle.id}/board`);
    await must(member, 404, 'DELETE', memberPath(circle, member));
    expect(await must(keeper, 200, 'GET', `/v1/circles/${circle.id}`)).toMatchObject({ memberCount: 1 });
    await must(keeper, 404, 'PATCH', memberPath(circle, member), { role: 'keeper' });
  });

  it('are removed by a keeper, never by one another', async () => {
    const [keeper, member, other] = await suite.people('Mum', 'Aki', 'Ken');
    const circle = await suite.circle([keeper, member, other]);
    expect(await member.call('DELETE', memberPath(circle, other))).toMatchObject({ status: 403, body: { code: 'not-keeper' } });
    await must(other, 200, 'GET', `/v1/circles/${circle.id}/board`);
    await must(keeper, 204, 'DELETE', memberPath(circle, other));
    await must(other, 404, 'GET', `/v1/circles/${circle.id}/board`);
  });

  it('may not leave as the last keeper', async () => {
    const [keeper, member] = await suite.people('Mum', 'Aki');
    const circle = await suite.circle([keeper, member]);
    expect(await keeper.call('DELETE', memberPath(circle, keeper))).toMatchObject({ status: 409, body: { code: 'last-keeper' } });
    await must(keeper, 200, 'PATCH', memberPath(circle, member), { role: 'keeper' });
    await must(keeper, 204, 'DELETE', memberPath(circle, keeper));
    expect(await must(member, 200, 'GET', `/v1/circles/${circle.id}`)).toMatchObject({ role: 'keeper', memberCount: 1 });
  });
});

describe('an official circle', () => {
  it('shows what its keepers post, and its members post elsewhere', async () => {
    const [town, member] = await suite.people('Town hall', 'Aki');
    const official = await suite.circle([town, member], { kind: 'official' });
    const refused = { id: uuidv7(), condition: 'ok' };
    expect(await member.call('POST', '/v1/statuses', refused)).toMatchObject({ status: 409, body: { code: 'no-circle' } });
    expect(await member.call('POST', '/v1/statuses', { ...refused, circles: [official.id] })).toMatchObject({ status: 404 });
    const family = await suite.circle([member]);
    const status = await post(member, 'ok');
    await waitForBoard(member, family, member.person.id, status.id);
    const notice = await post(town, 'ok', { note: 'The gym is open' });
    const board = await waitForBoard(member, official, town.person.id, notice.id);
    expect(board.members.find((row) => row.member.id === member.person.id)?.status).toBeNull();
  });
});
