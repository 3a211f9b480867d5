import { uuidv7 } from 'uuidv7';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type ApiPerson, openApiWorld } from '../testing/api-world.ts';

const world = await openApiWorld('status-routes');
afterAll(world.close);

let author: ApiPerson;
let hana: ApiPerson;
let circle: string;
beforeEach(async () => {
  author = await world.register({ nickname: 'Mum' });
  circle = (await author.call('POST', '/v1/circles', { name: '田中家', kind: 'family' })).body.id;
  const { token } = (await author.call('POST', `/v1/circles/${circle}/invites`, {})).body;
  hana = await world.register({ invite: token });
});
const post = (fields: object = {}, person = author) =>
  person.call('POST', '/v1/statuses', { id: uuidv7(), condition: 'ok', ...fields });

describe('POST /v1/statuses', () => {
  it('is 202 with a receipt, the same one for every retry', async () => {
    const status = { id: uuidv7(), note: 'a\nb', place: 'Sendai', circles: [circle] };
    const first = await post(status);
    expect(first.status).toBe(202);
    expect(first.body).toEqual({
      id: status.id,
      acceptedAt: expect.any(String),
      writtenAt: first.body.acceptedAt,
      circles: [circle],
    });
    world.clock.now = new Date(world.clock.now.getTime() + 1_000);
    expect(await post({ ...status, note: 'other' })).toMatchObject({ status: 202, body: first.body });
    expect((await post(status, hana)).body.code).toBe('id-taken');
  });

  it.each([
    ['no id', { id: undefined }],
    ['an id that is no UUIDv7', { id: 'f47ac10b-58cc-4372-a567-0e02b2c3d479' }],
    ['an id in capitals', { id: uuidv7().toUpperCase() }],
    ['no condition', { condition: undefined }],
    ['an unknown condition', { condition: 'dead' }],
    ['a note of 141', { note: '🐳'.repeat(141) }],
    ['a note with control characters', { note: 'a\u0000b' }],
    ['a place of two lines', { place: 'a\nb' }],
    ['a place of 81', { place: 'あ'.repeat(81) }],
    ['31 circles', { circles: Array.from({ length: 31 }, () => uuidv7()) }],
    ['a circle twice', { circles: ['01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000001'] }],
    ['a time without milliseconds', { writtenAt: '2026-03-11T05:52:10Z' }],
    ['a time of another zone', { writtenAt: '2026-03-11T05:52:10.000+09:00' }],
    ['a status about somebody else', { about: uuidv7() }],
    ['an author', { author: uuidv7() }],
  ])('refuses %s', async (_, fields) => {
    const { status, body } = await post(fields);
    expect([status, body.code]).toEqual([400, 'invalid-request']);
  });

  it('is refused, as taking back is, where it names somebody else than who is signed in', async () => {
    const status = { id: uuidv7(), condition: 'help' };
    const asMum = { 'x-person': author.id };
    expect(await hana.call('POST', '/v1/statuses', status, asMum)).toMatchObject({
      status: 401,
      body: { code: 'not-signed-in' },
    });
    expect((await author.call('POST', '/v1/statuses', status, asMum)).status).toBe(202);
    expect((await hana.call('DELETE', `/v1/statuses/${status.id}`, undefined, asMum)).status).toBe(401);
    expect((await author.call('DELETE', `/v1/statuses/${status.id}`, undefined, asMum)).status).toBe(204);
  });

  it('takes the longest there is: 140 and 80 code points', async () => {
    expect((await post({ note: '🐳'.repeat(140), place: '🐳'.repeat(80) })).status).toBe(202);
  });

  it('drops circles that the author is not in, and is 404 or 409 when none is left', async () => {
    expect((await post({ circles: [circle, uuidv7()] })).body.circles).toEqual([circle]);
    expect((await post({ circles: [uuidv7()] })).body.code).toBe('not-found');
    expect((await post({}, await world.register())).body.code).toBe('no-circle');
  });

  it('goes to an official circle from its keepers only', async () => {
    const official = (await author.call('POST', '/v1/circles', { name: 'Town', kind: 'official' })).body.id;
    const { token } = (await author.call('POST', `/v1/circles/${official}/invites`, {})).body;
    await hana.call('POST', `/v1/invites/${token}/accept`, {});
    expect(new Set((await post()).body.circles)).toEqual(new Set([circle, official]));
    expect((await post({}, hana)).body.circles).toEqual([circle]);
    expect((await post({ circles: [official] }, hana)).body.code).toBe('not-found');
  });
});

describe('GET /v1/statuses/{id}', () => {
  it('is for members of a circle it went to, with more for its author', async () => {
    const { id } = (await post({ note: 'gym' })).body;
    await world.fanOut();
    expect((await hana.call('GET', `/v1/statuses/${id}`)).body).not.toHaveProperty('circles');
    expect((await author.call('GET', `/v1/statuses/${id}`)).body).toMatchObject({
      circles: [circle],
      delivery: { boards: 1, alerted: 0, reached: 0, seen: 0 },
    });
    const stranger = await world.register();
    expect((await stranger.call('GET', `/v1/statuses/${id}`)).body.code).toBe('not-found');
    expect((await stranger.call('GET', `/v1/statuses/${uuidv7()}`)).body.code).toBe('not-found');
  });
});

describe('DELETE /v1/statuses/{id}', () => {
  it('is 204, also again, and the status is gone for everybody', async () => {
    const { id } = (await post()).body;
    await world.fanOut();
    expect((await hana.call('DELETE', `/v1/statuses/${id}`)).body.code).toBe('not-found');
    for (const _ of [1, 2]) expect((await author.call('DELETE', `/v1/statuses/${id}`)).status).toBe(204);
    for (const person of [author, hana]) expect((await person.call('GET', `/v1/statuses/${id}`)).status).toBe(404);
  });

  it('is 404 for what has not come yet, which then reaches nobody', async () => {
    const id = uuidv7();
    expect((await author.call('DELETE', `/v1/statuses/${id}`)).body.code).toBe('not-found');
    expect(await post({ id })).toMatchObject({ status: 202, body: { id, retracted: true } });
    await world.fanOut();
    expect((await hana.call('GET', `/v1/circles/${circle}/board`)).body.counts.silent).toBe(2);
  });
});

describe('GET …/members/{person}/statuses', () => {
  it('is newest first, page by page, until `next` is null', async () => {
    const ids: string[] = [];
    for (let index = 0; index < 3; index++) {
      world.clock.now = new Date(world.clock.now.getTime() + 1_000);
      ids.unshift((await post()).body.id);
    }
    await world.fanOut();
    const url = `/v1/circles/${circle}/members/${author.id}/statuses`;
    const first = (await hana.call('GET', `${url}?limit=2`)).body;
    const second = (await hana.call('GET', `${url}?limit=2&before=${first.next}`)).body;
    expect([...first.statuses, ...second.statuses].map(({ id }) => id)).toEqual(ids);
    expect(second.next).toBeNull();
  });
});

describe('the log', () => {
  it('names the person, and holds no note, place or id from the address', async () => {
    world.lines.length = 0;
    const { id } = (await post({ note: 'secret note', place: 'secret place' })).body;
    await hana.call('GET', `/v1/statuses/${id}`);
    await post({ note: 'secret note', about: 'secret' });
    const text = world.lines.join('');
    expect(text).toContain(`"person":"${author.id}"`);
    expect(text).not.toContain('secret');
    expect(text).not.toContain(`/v1/statuses/${id}`);
  });
});
