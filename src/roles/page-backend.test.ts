import Fastify, { type FastifyRequest } from 'fastify';
import { expect, it } from 'vitest';
import { sessionPlugin } from '../http/session.ts';
import type { SessionStore } from '../store/sessions.ts';
import { createPageBackend, type PageBackendOptions } from './page-backend.ts';

const token = 'a-session-token-of-a-device-of-kai';
const person = { id: '01890a5d-ac96-774b-bcce-b302099a8057', nickname: 'Kai' };

async function openPage(touched: boolean) {
  const session = { id: '01890a5d-ac96-774b-bcce-b302099a8058', person: person.id };
  const sessions = {
    find: async (asked: string) => (asked === token ? { session, touched } : null),
  } as unknown as SessionStore;
  const signIn = { sessions, publicUrl: null, now: () => new Date() };
  const accounts = { find: async () => person };
  const backend = createPageBackend({ ...signIn, accounts } as unknown as PageBackendOptions);
  const app = Fastify();
  await app.register(sessionPlugin, signIn);
  app.get('/', (request, reply) => backend.viewer(request, reply));
  const answer = await app.inject({ url: '/', cookies: { session: token } });
  await app.close();
  return { viewer: answer.json(), cookies: answer.cookies };
}

it('gives the cookie its 400 days again when a page is the first to use a session in a while', async () => {
  const { viewer, cookies } = await openPage(true);
  expect(viewer.person).toEqual(person);
  expect(cookies).toMatchObject([{ name: 'session', value: token, maxAge: 400 * 86_400, httpOnly: true }]);
});

it('sets no cookie where the session was just used', async () => {
  const { viewer, cookies } = await openPage(false);
  expect(viewer.person).toEqual(person);
  expect(cookies).toEqual([]);
});

it('ends the session of another person whose cookie a form replaces', async () => {
  const ended: string[] = [];
  const session = { id: '01890a5d-ac96-774b-bcce-b302099a8058', person: person.id };
  const sessions = {
    find: async (asked: string) => (asked === token ? { session, touched: false } : null),
    end: async (owner: string, id: string) => ended.push(`${owner} ${id}`),
  } as unknown as SessionStore;
  const signIn = { sessions, publicUrl: null, now: () => new Date() };
  const answer = { person: { id: '01890a5d-ac96-774b-bcce-b302099a8059' }, token: 'the-token-of-the-next-person' };
  const accounts = { signIn: async () => answer, register: async () => answer };
  const backend = createPageBackend({
    ...signIn,
    accounts,
    limitGuesses: (_: string, work: () => unknown) => work(),
    limit: async () => {},
  } as unknown as PageBackendOptions);
  const app = Fastify();
  await app.register(sessionPlugin, signIn);
  app.post('/recover', (request, reply) => backend.signIn(request, reply, { recoveryCode: 'code' }));
  app.post('/start', (request, reply) => backend.createPerson(request, reply, { nickname: 'Ken' }));
  const headers = { 'sec-fetch-site': 'same-origin' };
  for (const url of ['/recover', '/start']) {
    const { cookies } = await app.inject({ method: 'POST', url, headers, cookies: { session: token } });
    expect(cookies).toMatchObject([{ value: answer.token }]);
  }
  await app.close();
  expect(ended).toEqual(Array(2).fill(`${person.id} ${session.id}`));
});

it('takes a look at whose code it is from a rate of its own, and nothing from signing in', async () => {
  const taken: string[] = [];
  const limit = async (name: string, subject: string) => void taken.push(`${name} ${subject}`);
  const limitGuesses = () => Promise.reject(new Error('not asked for'));
  const transferCodes = { read: async () => person };
  const backend = createPageBackend({ transferCodes, limit, limitGuesses } as unknown as PageBackendOptions);
  const request = { ip: '192.0.2.1' } as FastifyRequest;
  expect(await backend.previewTransfer(request, 'AAAA-BBBB-CCCC-DDDD')).toEqual(person);
  expect(taken).toEqual(['transferLookup 192.0.2.1']);
});
