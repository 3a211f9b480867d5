import { createHash } from 'node:crypto';
import { uuidv7 } from 'uuidv7';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Problem } from '../../http/problem.ts';
import { type Answer, type Client, post, waitForBoard } from '../client.ts';
import { createKnownCircle, type KnownCircle } from '../known-circle.ts';
import { type LiveClient, openLive } from '../live-client.ts';
import type { Operation } from '../served-contract.ts';
import { useService } from '../use-service.ts';

const suite = useService();
let known: KnownCircle;
let stranger: Client;
let socket: LiveClient;
/** What the stranger would be told of ids that nobody has. */
let nobody: Record<Parameter, string>;
beforeAll(async () => {
  known = await createKnownCircle(suite);
  stranger = await suite.person('Mallory');
  await suite.circle([stranger]);
  socket = await openLive(suite.service.next('live'), stranger);
  await socket.sync({ [known.circle.id]: known.circle.position });
  nobody = { circle: uuidv7(), status: uuidv7(), session: uuidv7(), person: uuidv7(), invite: uuidv7(), token: 'A'.repeat(43) };
});

/** What a parameter of a path can stand for. */
type Parameter = 'circle' | 'status' | 'session' | 'person' | 'invite' | 'token';

/** Which it is, by the path in front of it. A new route with another parameter has to be named here, or this suite fails. */
const PARAMETERS: [path: RegExp, parameter: Parameter][] = [
  [/^\/v1\/circles\/\{id\}$/, 'circle'],
  [/^\/v1\/circles\/\{id\}\/members\/\{person\}$/, 'person'],
  [/^\/v1\/circles\/\{id\}\/invites\/\{inviteId\}$/, 'invite'],
  [/^\/v1\/statuses\/\{id\}$/, 'status'],
  [/^\/v1\/sessions\/\{id\}$/, 'session'],
  [/^\/v1\/invites\/\{token\}$/, 'token'],
];

/** A body that each call takes from whoever may make it. A new route with a body has to be named here, or this suite fails. */
const BODIES: Record<string, object> = {
  'PATCH /v1/circles/{id}': { name: 'Mine now', invites: 'members' },
  'PATCH /v1/circles/{id}/members/{person}': { role: 'member' },
  'POST /v1/circles/{id}/footprints': { statuses: [uuidv7()] },
  'POST /v1/circles/{id}/invites': { maxUses: 1_000 },
  'POST /v1/invites/{token}/accept': { nickname: 'Mallory' },
};

/** The only calls that answer somebody who is not signed in; a socket signs in with its handshake, see `live-handshake.test.ts`. */
const OPEN = [
  'GET /health/live',
  'GET /health/ready',
  'GET /metrics',
  'GET /v1/invites/{token}',
  'GET /v1/push/key',
  'POST /v1/people',
  'POST /v1/sessions',
];

const nameOf = ({ method, path }: Operation) => `${method} ${path}`;
const withIds = () => suite.contract.operations.filter(({ params }) => params.length > 0);

function parameterAt(path: string): Parameter {
  const found = PARAMETERS.find(([pattern]) => pattern.test(path));
  if (!found) throw new Error(`what does the last parameter of ${path} stand for? Say so in PARAMETERS`);
  return found[1];
}

/** The path with each parameter replaced. */
function fill(path: string, ids: Record<Parameter, string>): string {
  return path.replace(/\{\w+\}/g, (name, offset: number) => ids[parameterAt(path.slice(0, offset) + name)]);
}

function bodyOf(operation: Operation): object | undefined {
  if (!operation.hasBody) return undefined;
  const body = BODIES[nameOf(operation)];
  if (!body) throw new Error(`what body does ${nameOf(operation)} take? Say so in BODIES`);
  return body;
}

function idsOf({ circle, status, session, member, invite }: KnownCircle): Record<Parameter, string> {
  // Whoever has the token is no stranger: what leads nowhere is the invite's id, and the hash of the token as it is stored.
  return { circle: circle.id, status, session, person: member.person.id, invite: invite.id, token: invite.id };
}

const uniform = ({ status, body }: Answer<Problem>) => ({ status, body: { ...body, requestId: '' } });

describe('a stranger with every id in hand', () => {
  it('finds routes to try', () => {
    expect(withIds().length).toBeGreaterThan(15);
    for (const { path } of withIds()) fill(path, nobody);
  });

  it('gets one uniform 404 on every route that takes an id', async () => {
    const before = await known.read();
    const answers = new Map<string, unknown>();
    for (const operation of withIds()) {
      for (const ids of [idsOf(known), nobody]) {
        const answer = await stranger.call<Problem>(operation.method, fill(operation.path, ids), bodyOf(operation));
        answers.set(`${nameOf(operation)} ${ids === nobody}`, uniform(answer));
      }
    }
    const [first] = answers.values();
    expect(first).toMatchObject({ status: 404, body: { code: 'not-found' } });
    for (const [name, answer] of answers) expect(answer, name).toEqual(first);
    expect(await known.read()).toBe(before);
  });

  it('gets the same with an id of theirs in the circle of somebody else, and the other way round', async () => {
    const before = await known.read();
    const own = await createKnownCircle(suite);
    for (const operation of withIds().filter(({ params }) => params.length > 1)) {
      const [foreign, mine] = [idsOf(known), idsOf(own)];
      for (const ids of [
        { ...foreign, person: own.member.person.id },
        { ...mine, person: foreign.person, invite: foreign.invite },
      ]) {
        const answer = await own.keeper.call(operation.method, fill(operation.path, ids), bodyOf(operation));
        expect(answer, nameOf(operation)).toMatchObject({ status: 404, body: { code: 'not-found' } });
      }
    }
    expect(await known.read()).toBe(before);
  });

  it('cannot use the hash of a token for the token', async () => {
    const hash = createHash('sha256').update(known.invite.token);
    for (const token of [hash.copy().digest('hex'), hash.digest('base64url')]) {
      expect(await stranger.call('GET', `/v1/invites/${token}`)).toMatchObject({ status: 404 });
      expect(await stranger.call('POST', `/v1/invites/${token}/accept`, {})).toMatchObject({ status: 404 });
    }
  });

  it('cannot post into the circle, nor send a place there', async () => {
    const before = await known.read();
    const circles = { circles: [known.circle.id], placeCircles: [known.circle.id] };
    const refused = await stranger.call('POST', '/v1/statuses', { id: uuidv7(), condition: 'help', ...circles });
    expect(refused).toMatchObject({ status: 404, body: { code: 'not-found' } });
    const taken = await stranger.call('POST', '/v1/statuses', { id: known.status, condition: 'help' });
    expect(taken).toMatchObject({ status: 409, body: { code: 'id-taken' } });
    expect(JSON.stringify(taken.body)).not.toContain(known.circle.id);
    const placed = await stranger.call('POST', '/v1/statuses', {
      id: uuidv7(),
      condition: 'ok',
      place: 'here',
      placeCircles: [known.circle.id],
    });
    expect(placed).toMatchObject({ status: 202 });
    expect(JSON.stringify(placed.body)).not.toContain(known.circle.id);
    expect(await known.read()).toBe(before);
  });

  it('gets no frame of the circle', async () => {
    const member = await openLive(suite.service.next('live'), known.keeper);
    await member.sync();
    const status = await post(known.member, 'ok', { note: 'for the family only' });
    await member.wait('status', (frame) => frame.status.id === status.id);
    await waitForBoard(known.keeper, known.circle, known.member.person.id, status.id);
    // What the stranger's gateway had to say before, it has said by then.
    await socket.sync({ [known.circle.id]: '' });
    expect(socket.texts.join('\n')).not.toContain('for the family only');
    expect(
      new Set(socket.frames.filter((frame) => 'circle' in frame && frame.circle === known.circle.id).map(({ t }) => t)),
    ).toEqual(new Set(['left']));
    member.close();
  });
});

describe('somebody who is not signed in', () => {
  it('gets 401 on every route but those that are open to all', async () => {
    const before = await known.read();
    const open = suite.contract.operations.filter(({ needsSignIn }) => !needsSignIn).map(nameOf);
    expect(new Set(open.filter((name) => name !== 'GET /v1/live'))).toEqual(new Set(OPEN));
    for (const operation of suite.contract.operations.filter(({ needsSignIn }) => needsSignIn)) {
      const path = fill(operation.path, idsOf(known));
      const answer = await suite.ask(operation.method, path, operation.hasBody ? {} : undefined);
      expect(answer, nameOf(operation)).toMatchObject({ status: 401, body: { code: 'not-signed-in' } });
    }
    expect(await suite.ask('GET', `/v1/invites/${known.invite.id}`)).toMatchObject({ status: 404 });
    expect(await known.read()).toBe(before);
  });
});
