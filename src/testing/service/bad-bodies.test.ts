import { uuidv7 } from 'uuidv7';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  CIRCLE_NAME_MAX,
  CIRCLES_PER_PERSON_MAX,
  INVITE_MAX_HOURS,
  INVITE_MAX_USES,
  NICKNAME_MAX,
  NOTE_MAX,
  PLACE_MAX,
} from '../../contract/limits.ts';
import { createKnownCircle, type KnownCircle } from '../known-circle.ts';
import { useService } from '../use-service.ts';

const suite = useService();
let known: KnownCircle;
beforeAll(async () => {
  known = await createKnownCircle(suite);
});

const V4 = '5f0c7a5e-8d3c-4a39-9d4a-3b1f0c6f2a11';
const LONE_SURROGATE = '\ud83d';
const status = (more: object) => ({ id: uuidv7(), condition: 'ok', ...more });

/** Call, the field that is refused, and bodies; `{circle}` and the like stand for ids of the keeper's own. */
const REFUSED: [call: string, field: string, ...bodies: unknown[]][] = [
  ['POST /v1/people', 'nickname', {}, { nickname: '' }, { nickname: ' \u3000' }, { nickname: 'a\nb' }, { nickname: 7 }],
  ['POST /v1/people', 'nickname', { nickname: '字'.repeat(NICKNAME_MAX + 1) }, { nickname: `a${LONE_SURROGATE}` }],
  ['POST /v1/people', 'locale', { nickname: 'Aki', locale: 'tlh' }],
  ['POST /v1/people', 'country', { nickname: 'Aki', country: 'jp' }, { nickname: 'Aki', country: 'JPN' }],
  ['POST /v1/people', 'avatar.colour', { nickname: 'Aki', avatar: { emoji: '⭐', colour: '#fff' } }],
  ['POST /v1/people', 'avatar.emoji', { nickname: 'Aki', avatar: { emoji: '<b>', colour: 'red' } }],
  ['POST /v1/people', 'avatar.emoji', { nickname: 'Aki', avatar: { emoji: LONE_SURROGATE, colour: 'red' } }],
  ['POST /v1/people', 'avatar.size', { nickname: 'Aki', avatar: { emoji: '⭐', colour: 'red', size: 3 } }],
  ['POST /v1/people', 'invite', { nickname: 'Aki', invite: '../admin' }],
  ['POST /v1/people', 'phone', { nickname: 'Aki', phone: '+81' }],
  ['POST /v1/sessions', 'body', {}, { recoveryCode: 'x'.repeat(26), transferCode: 'x'.repeat(16) }],
  ['POST /v1/sessions', 'transferCode', { transferCode: 'short' }, { transferCode: 7 }],
  ['POST /v1/sessions', 'recoveryCode', { recoveryCode: 'short' }, { recoveryCode: 'x'.repeat(65) }, { recoveryCode: null }],
  ['PATCH /v1/me', 'body', {}, [], 'text', 7, true],
  ['PATCH /v1/me', 'id', { id: uuidv7() }],
  ['POST /v1/circles', 'name', { kind: 'family' }, { kind: 'family', name: '' }],
  ['POST /v1/circles', 'name', { kind: 'family', name: 'x'.repeat(CIRCLE_NAME_MAX + 1) }, { kind: 'work', name: LONE_SURROGATE }],
  ['POST /v1/circles', 'kind', { name: 'Us' }, { name: 'Us', kind: 'public' }, { name: 'Us', kind: ['family'] }],
  ['POST /v1/circles', 'memberCount', { name: 'Us', kind: 'family', memberCount: 9 }],
  ['PATCH /v1/circles/{circle}', 'kind', { kind: 'official' }],
  ['PATCH /v1/circles/{circle}', 'invites', { invites: 'everybody' }],
  ['PATCH /v1/circles/{circle}', 'body', {}],
  ['PATCH /v1/circles/{circle}/members/{member}', 'role', { role: 'owner' }],
  ['PATCH /v1/circles/{circle}/members/{member}', 'alerts', { alerts: 'loud' }],
  ['PATCH /v1/circles/{circle}/members/{member}', 'joinedAt', { joinedAt: '1970-01-01T00:00:00.000Z' }],
  ['POST /v1/circles/{circle}/footprints', 'statuses', {}, { statuses: [] }, { statuses: 'all' }],
  ['POST /v1/circles/{circle}/invites', 'expiresInHours', { expiresInHours: 0 }, { expiresInHours: INVITE_MAX_HOURS + 1 }],
  ['POST /v1/circles/{circle}/invites', 'expiresInHours', { expiresInHours: 1.5 }, { expiresInHours: '3' }],
  ['POST /v1/circles/{circle}/invites', 'maxUses', { maxUses: 0 }, { maxUses: INVITE_MAX_USES + 1 }, { maxUses: null }],
  ['POST /v1/circles/{circle}/invites', 'token', { token: 'a'.repeat(43) }],
  ['POST /v1/invites/{token}/accept', 'role', { role: 'keeper' }],
  [
    'POST /v1/statuses',
    'id',
    { condition: 'ok' },
    status({ id: V4 }),
    status({ id: '1' }),
    status({ id: 7 }),
    status({ id: '' }),
  ],
  ['POST /v1/statuses', 'id', status({ id: uuidv7().toUpperCase() }), status({ id: `${uuidv7()}\n` })],
  ['POST /v1/statuses', 'condition', { id: uuidv7() }, status({ condition: 'safe' }), status({ condition: null })],
  ['POST /v1/statuses', 'note', status({ note: '😀'.repeat(NOTE_MAX + 1) }), status({ note: 'a\u0000b' }), status({ note: {} })],
  ['POST /v1/statuses', 'note', status({ note: `half an emoji ${LONE_SURROGATE}` })],
  [
    'POST /v1/statuses',
    'place',
    status({ place: '県'.repeat(PLACE_MAX + 1) }),
    status({ place: 'a\nb' }),
    status({ place: LONE_SURROGATE }),
  ],
  ['POST /v1/statuses', 'circles', status({ circles: uuidv7() }), status({ circles: { 0: uuidv7() } })],
  ['POST /v1/statuses', 'circles', status({ circles: Array.from({ length: CIRCLES_PER_PERSON_MAX + 1 }, () => uuidv7()) })],
  ['POST /v1/statuses', 'circles.0', status({ circles: [V4] }), status({ circles: [null] })],
  ['POST /v1/statuses', 'placeCircles.0', status({ placeCircles: ['everywhere'] })],
  [
    'POST /v1/statuses',
    'writtenAt',
    status({ writtenAt: 0 }),
    status({ writtenAt: '2026-03-11' }),
    status({ writtenAt: 'yesterday' }),
  ],
  [
    'POST /v1/statuses',
    'writtenAt',
    status({ writtenAt: '2026-13-11T05:52:10.000Z' }),
    status({ writtenAt: '2026-03-11T05:52:10Z' }),
  ],
  ['POST /v1/statuses', 'sentAt', status({ sentAt: '2026-03-11T14:52:10.000+09:00' })],
  ['POST /v1/statuses', 'about', status({ about: uuidv7() })],
  ['POST /v1/statuses', 'acceptedAt', status({ acceptedAt: '1970-01-01T00:00:00.000Z' })],
  ['PUT /v1/push/subscription', 'endpoint', {}, { endpoint: 7, keys: {} }, { endpoint: 'javascript:alert(1)', keys: {} }],
];

function fill(path: string): string {
  return path
    .replace('{circle}', known.circle.id)
    .replace('{member}', known.keeper.person.id)
    .replace('{token}', known.invite.token);
}

describe('a body that is not what the call takes', () => {
  it.each(REFUSED)('%s: %s', async (call, field, ...bodies) => {
    const before = await known.read();
    const [method = '', path = ''] = call.split(' ');
    for (const body of bodies) {
      const answer = await known.keeper.call<{ errors?: unknown[] }>(method, fill(path), JSON.stringify(body));
      expect(answer, JSON.stringify(body)).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
      expect(answer.body.errors).toContainEqual({ field, message: expect.any(String) });
    }
    expect(await known.read()).toBe(before);
  });
});

describe('a body that is not JSON', () => {
  const calls = ['POST /v1/statuses', 'PATCH /v1/me', 'POST /v1/circles', 'POST /v1/circles/{circle}/invites'];
  const texts = [
    '{',
    '{"id":',
    "{'id': 1}",
    '{"id":1}}',
    'undefined',
    '\u0000',
    '{"__proto__":{"a":1}}',
    '{"constructor":{"prototype":1}}',
  ];

  it.each(calls)('%s', async (call) => {
    const before = await known.read();
    const [method = '', path = ''] = call.split(' ');
    for (const text of texts) {
      expect(await known.keeper.call(method, fill(path), text), text).toMatchObject({
        status: 400,
        body: { code: 'malformed-json' },
      });
    }
    expect(await known.read()).toBe(before);
  });
});

describe('a query or an id that is none', () => {
  it.each([
    ['limit', '/v1/sessions?limit=0'],
    ['limit', '/v1/sessions?limit=101'],
    ['limit', '/v1/sessions?limit=-1'],
    ['limit', '/v1/sessions?limit=2&limit=3'],
    ['before', '/v1/sessions?before=1'],
    ['page', '/v1/sessions?page=2'],
    ['limit', '/v1/circles/{circle}/feed?limit=1e1'],
    ['after', '/v1/circles/{circle}/feed?after=7'],
    ['after', '/v1/circles/{circle}/feed?after='],
    ['before', '/v1/circles/{circle}/invites?before=x'],
    ['id', `/v1/statuses/${V4}`],
    ['id', '/v1/circles/%00'],
    ['id', '/v1/circles/..%2fme'],
    ['id', '/v1/circles/{circle}%0a/board'],
    ['person', '/v1/circles/{circle}/members/me/statuses'],
    ['token', '/v1/invites/short'],
  ])('%s in GET %s', async (field, path) => {
    const answer = await known.keeper.call<{ errors?: { field: string }[] }>('GET', fill(path));
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
    expect(answer.body.errors?.[0]?.field).toBe(field);
  });

  it.each(['/v1', '/v1/', '/v1/nothing', `/v1/circles/${'a'.repeat(300)}`, '/v1/%', '/v1/me/../me%2f'])(
    'GET %s is not found',
    async (path) => {
      expect(await suite.ask('GET', path)).toMatchObject({ status: 404, body: { code: 'not-found' } });
    },
  );

  it('is not found with a method that the call does not have', async () => {
    const before = await known.read();
    for (const method of ['PUT', 'PATCH', 'DELETE']) {
      expect(await known.keeper.call(method, '/v1/statuses'), method).toMatchObject({ status: 404 });
    }
    expect(await known.read()).toBe(before);
  });
});
