import { uuidv7 } from 'uuidv7';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { FOOTPRINTS_MAX } from '../contract/limits.ts';
import { type ApiPerson, openApiWorld } from '../testing/api-world.ts';

const world = await openApiWorld('footprint-routes');
afterAll(world.close);

let author: ApiPerson;
let hana: ApiPerson;
let stranger: ApiPerson;
let circle: string;
let status: string;
beforeEach(async () => {
  author = await world.register({ nickname: 'Mum' });
  circle = (await author.call('POST', '/v1/circles', { name: '田中家', kind: 'family' })).body.id;
  const { token } = (await author.call('POST', `/v1/circles/${circle}/invites`, {})).body;
  hana = await world.register({ invite: token });
  stranger = await world.register();
  status = await post(author);
  world.told.length = 0;
});

async function post(person: ApiPerson, fields: object = {}): Promise<string> {
  const id = uuidv7();
  await person.call('POST', '/v1/statuses', { id, condition: 'ok', ...fields });
  await world.fanOut();
  return id;
}
const see = (person: ApiPerson, statuses: string[], of = circle) =>
  person.call('POST', `/v1/circles/${of}/footprints`, { statuses });
const readOwn = async (id = status) => (await author.call('GET', `/v1/statuses/${id}`)).body;

describe('POST /v1/circles/{id}/footprints', () => {
  it('tells the author, and nobody else, who has seen a status', async () => {
    expect(await readOwn()).toMatchObject({ delivery: { seen: 0 } });
    expect((await see(hana, [status])).status).toBe(204);
    expect((await see(hana, [status, uuidv7()])).status).toBe(204);
    expect(world.told).toEqual([{ status, author: author.id, isHelp: false }]);
    expect(await readOwn()).toMatchObject({ delivery: { seen: 1 }, seenBy: [{ id: hana.id }] });
    const ofAuthor = `/v1/circles/${circle}/members/${author.id}/statuses`;
    expect((await author.call('GET', ofAuthor)).body.statuses).toMatchObject([{ id: status, seenBy: [{ id: hana.id }] }]);
    const others = [`/v1/statuses/${status}`, ofAuthor, `/v1/circles/${circle}/board`, `/v1/circles/${circle}/feed`];
    for (const url of others) expect(JSON.stringify((await hana.call('GET', url)).body), url).not.toContain('seenBy');
    expect(JSON.stringify((await author.call('GET', `/v1/circles/${circle}/board`)).body)).not.toContain('seenBy');
  });

  it('counts whoever is in two circles once', async () => {
    const other = (await author.call('POST', '/v1/circles', { name: 'two', kind: 'friends' })).body.id;
    const { token } = (await author.call('POST', `/v1/circles/${other}/invites`, {})).body;
    await hana.call('POST', `/v1/invites/${token}/accept`, {});
    const both = await post(author);
    await Promise.all([see(hana, [both]), see(hana, [both], other)]);
    expect(await readOwn(both)).toMatchObject({ delivery: { boards: 2, seen: 1 }, seenBy: [{ id: hana.id }] });
  });

  it('passes over ids that are not of this circle, one’s own, and what was taken back, with the same answer', async () => {
    const other = (await author.call('POST', '/v1/circles', { name: 'two', kind: 'friends' })).body.id;
    const elsewhere = await post(author, { circles: [other] });
    const own = await post(hana);
    const retracted = await post(author);
    await author.call('DELETE', `/v1/statuses/${retracted}`);
    expect((await see(hana, [elsewhere, own, retracted, uuidv7()])).status).toBe(204);
    expect(await readOwn(elsewhere)).toMatchObject({ delivery: { seen: 0 } });
    // Of its being taken back alone.
    expect(world.told.map(({ status: id }) => id)).toEqual([retracted]);
    const made = [elsewhere, own, retracted].flatMap((id) => [circle, other].map((of) => world.keys.circle.seen(of, id)));
    expect(await world.redis.exists(...made)).toBe(0);
  });

  it('is not found by a stranger, like what does not exist', async () => {
    const [foreign, nothing] = [await see(stranger, [status]), await see(stranger, [status], uuidv7())];
    expect(foreign).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect({ ...foreign.body, requestId: '' }).toEqual({ ...nothing.body, requestId: '' });
    expect(await readOwn()).toMatchObject({ delivery: { seen: 0 } });
  });

  it('names nobody to the author while many post', async () => {
    await see(hana, [status]);
    world.shed.add('footprints');
    const list = await author.call('GET', `/v1/circles/${circle}/members/${author.id}/statuses`);
    const own = await readOwn();
    world.shed.clear();
    expect(list.body.statuses).toMatchObject([{ id: status }]);
    expect(JSON.stringify([list.body, own])).not.toContain('seenBy');
    expect(await readOwn()).toMatchObject({ seenBy: [{ id: hana.id }] });
  });

  it('is refused to whoever reports without end', async () => {
    const tight = await openApiWorld('footprints-tight', { points: 2 });
    const eager = await tight.register();
    const { id } = (await eager.call('POST', '/v1/circles', { name: 'one', kind: 'family' })).body;
    const statuses = [];
    for (let turn = 0; turn < 3; turn++)
      statuses.push((await eager.call('POST', `/v1/circles/${id}/footprints`, { statuses: [uuidv7()] })).status);
    await tight.close();
    expect(statuses).toEqual([204, 204, 429]);
  });

  it('takes a screenful at most', async () => {
    const many = Array.from({ length: FOOTPRINTS_MAX + 1 }, () => uuidv7());
    for (const statuses of [[], ['x'], [status, status], many]) expect((await see(hana, statuses)).status).toBe(400);
    expect((await see(hana, many.slice(1))).status).toBe(204);
  });
});

describe('footprints turned off', () => {
  it('altogether: one is not seen, and sees nobody’s, until they are on again', async () => {
    await see(hana, [status]);
    expect((await author.call('PATCH', '/v1/me', { footprints: false })).body.person).toMatchObject({ footprints: false });
    expect(await readOwn()).toMatchObject({ delivery: { seen: 0 } });
    expect(await readOwn()).not.toHaveProperty('seenBy');
    const hers = await post(hana);
    await see(author, [hers]);
    expect((await hana.call('GET', `/v1/statuses/${hers}`)).body).toMatchObject({ delivery: { seen: 0 } });
    expect((await author.call('PATCH', '/v1/me', { nickname: 'Mama' })).body.person).toMatchObject({ footprints: false });
    await author.call('PATCH', '/v1/me', { footprints: true });
    expect(await readOwn()).toMatchObject({ delivery: { seen: 1 } });
  });

  it('in one circle, by oneself only', async () => {
    const path = (person: ApiPerson) => `/v1/circles/${circle}/members/${person.id}`;
    expect((await hana.call('PATCH', path(hana), { footprints: false })).body).toMatchObject({ footprints: false });
    expect((await hana.call('GET', `/v1/circles/${circle}`)).body).toMatchObject({ footprints: false });
    expect((await author.call('GET', `/v1/circles/${circle}`)).body).toMatchObject({ footprints: true });
    expect((await author.call('PATCH', path(hana), { footprints: true })).body).toMatchObject({ code: 'not-keeper' });
    await see(hana, [status]);
    expect(await readOwn()).toMatchObject({ delivery: { seen: 0 } });
  });
});
