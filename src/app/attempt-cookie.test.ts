import cookie from '@fastify/cookie';
import Fastify from 'fastify';
import { afterAll, describe, expect, it } from 'vitest';
import { dropAttempt, giveAttempt, readAttempt } from './attempt-cookie.ts';

const app = Fastify();
await app.register(cookie);
app.get('/form', async (request, reply) => giveAttempt(request, reply, { secure: true }));
app.get('/used', async (request, reply) => giveAttempt(request, reply, { secure: true, refusal: 'id-taken' }));
app.get('/full', async (request, reply) => giveAttempt(request, reply, { secure: true, refusal: 'circle-full' }));
app.get('/read', async (request) => ({ key: readAttempt(request) }));
app.get('/made', async (request, reply) => dropAttempt(request, reply));
afterAll(() => app.close());

const ask = async (url: string, key?: string) => {
  const answer = await app.inject({ url, ...(key !== undefined && { cookies: { attempt: key } }) });
  return { key: answer.cookies[0], body: answer.payload };
};

describe('the key of an attempt', () => {
  it('is given with the form, random, where no script sees it', async () => {
    const [one, other] = [await ask('/form'), await ask('/form')];
    expect(one.key).toMatchObject({ name: 'attempt', path: '/', httpOnly: true, sameSite: 'Lax', secure: true });
    expect(one.key?.value).toMatch(/^[0-9a-f-]{36}$/);
    expect(one.key?.value).not.toBe(other.key?.value);
    expect((await ask('/read', one.key?.value)).body).toBe(JSON.stringify({ key: one.key?.value }));
  });

  it('stays the same when the form is shown again, and is another one once it is worth nothing', async () => {
    const key = (await ask('/form')).key?.value ?? '';
    expect((await ask('/form', key)).key).toBeUndefined();
    expect((await ask('/full', key)).key).toBeUndefined();
    expect((await ask('/used', key)).key?.value).toMatch(/^[0-9a-f-]{36}$/);
    expect((await ask('/form', 'no key')).key?.value).toMatch(/^[0-9a-f-]{36}$/);
    expect((await ask('/read', 'no key')).body).toBe('{}');
  });

  it('goes when somebody was made', async () => {
    expect((await ask('/made', crypto.randomUUID())).key).toMatchObject({ name: 'attempt', value: '', path: '/' });
    expect((await ask('/made')).key).toBeUndefined();
  });
});
