import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { createApp } from '../http/app.ts';
import { liveRoutes } from './routes.ts';

describe('GET /v1/live', () => {
  it('says that it is for WebSockets', async () => {
    const app = await createApp({ log: pino({ level: 'silent' }), trustProxy: false, publicUrl: null, observe: () => undefined });
    await app.register(liveRoutes);
    const answer = await app.inject('/v1/live');
    expect(answer.statusCode).toBe(426);
    expect(answer.headers['upgrade']).toBe('websocket');
    expect(answer.json().code).toBe('upgrade-required');
    await app.close();
  });
});
