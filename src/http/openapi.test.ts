import { Type } from 'typebox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ERRORS } from '../contract/errors.ts';
import { createLogger } from '../platform/logger.ts';
import { type App, createApp } from './app.ts';
import { registerOpenApi } from './openapi.ts';

let app: App;
beforeAll(async () => {
  app = await createApp({ log: createLogger('silent'), trustProxy: false, publicUrl: null, observe: () => undefined });
  await registerOpenApi(app);
  const schema = { summary: 'A thing', params: Type.Object({ id: Type.String() }), response: { 200: Type.Object({}) } };
  app.get('/v1/things/:id', { config: { signIn: true }, schema }, async () => ({}));
  app.post('/v1/open', { schema: { body: Type.Object({ id: Type.String() }) } }, async () => ({}));
  app.get('/join/:token', async () => ({}));
});
afterAll(() => app.close());

describe('GET /openapi.json', () => {
  it('is OpenAPI 3.1, made from the routes of the API and no others', async () => {
    const answer = await app.inject({ url: '/openapi.json' });
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    const document = answer.json();
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toEqual(['/v1/things/{id}', '/v1/open']);
    expect(document.paths['/v1/open'].post.requestBody.content['application/json'].schema.required).toEqual(['id']);
  });

  it('says which calls need a sign-in', async () => {
    const { paths } = (await app.inject({ url: '/openapi.json' })).json();
    expect(paths['/v1/things/{id}'].get.security).toEqual([{ bearer: [] }, { cookie: [] }]);
    expect(paths['/v1/open'].post.security).toBeUndefined();
  });

  it('explains every code', async () => {
    const { info } = (await app.inject({ url: '/openapi.json' })).json();
    for (const code of Object.keys(ERRORS)) expect(info.description).toContain(`\`${code}\``);
  });

  it('can be read at /docs', async () => {
    const answer = await app.inject({ url: '/docs/' });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toContain('text/html');
  });
});
