import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLogger } from '../platform/logger.ts';
import { type App, createApp } from './app.ts';
import { healthRoutes } from './health.ts';

let problems: string[] = [];
const TOKEN = 'operator-token-of-32-characters!';

async function openApp(operatorToken: string | null): Promise<App> {
  const app = await createApp({ log: createLogger('silent'), trustProxy: false, publicUrl: null, observe: () => undefined });
  await app.register(healthRoutes, {
    checkReady: async () => ({ ready: problems.length === 0, problems }),
    scrape: async () => ({ contentType: 'text/plain; version=0.0.4', body: 'buji_sockets 1\n' }),
    operatorToken,
  });
  return app;
}

let app: App;
let closed: App;
beforeAll(async () => {
  app = await openApp(TOKEN);
  closed = await openApp(null);
});
afterAll(() => Promise.all([app.close(), closed.close()]));

describe('GET /health', () => {
  it('lives while the process runs, whatever Redis does', async () => {
    problems = ['Redis does not answer'];
    expect((await app.inject({ url: '/health/live' })).json()).toEqual({ status: 'ok' });
  });

  it('is ready, or says in words why not', async () => {
    problems = [];
    const ready = await app.inject({ url: '/health/ready' });
    expect([ready.statusCode, ready.json()]).toEqual([200, { status: 'ok', problems: [] }]);
    problems = ['appendfsync is everysec'];
    const not = await app.inject({ url: '/health/ready' });
    expect([not.statusCode, not.json()]).toEqual([503, { status: 'not-ready', problems }]);
  });
});

describe('GET /metrics', () => {
  const get = (from: App, authorization?: string) =>
    from.inject({ url: '/metrics', headers: authorization ? { authorization } : {} });

  it('is for operators', async () => {
    const answer = await get(app, `Bearer ${TOKEN}`);
    expect([answer.statusCode, answer.body, answer.headers['content-type']]).toEqual([
      200,
      'buji_sockets 1\n',
      'text/plain; version=0.0.4',
    ]);
  });

  it('does not exist for anybody else, and for nobody where no token is set', async () => {
    for (const authorization of [
      undefined,
      'Bearer ',
      `Bearer ${TOKEN}x`,
      `Bearer ${TOKEN.slice(1)}`,
      `Basic ${TOKEN}`,
      'Bearer null',
    ]) {
      expect((await get(app, authorization)).statusCode).toBe(404);
      expect((await get(closed, authorization)).statusCode).toBe(404);
    }
  });
});
