import { connect } from 'node:net';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { waitFor } from '../testing/wait-for.ts';
import { closeApp, createApp } from './app.ts';

async function openApp() {
  const app = await createApp({ log: pino({ level: 'silent' }), trustProxy: false, publicUrl: null, observe: () => undefined });
  return app;
}

describe('closeApp', () => {
  it('lets a request under way end', async () => {
    const app = await openApp();
    let isUnderWay = false;
    let finish: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      finish = resolve;
    });
    app.get('/slow', async () => {
      isUnderWay = true;
      await held;
      return { done: true };
    });
    const origin = await app.listen({ host: '127.0.0.1', port: 0 });
    const answer = fetch(`${origin}/slow`);
    await waitFor(() => isUnderWay);
    const closing = closeApp(app);
    finish();
    expect((await answer).status).toBe(200);
    await closing;
  });

  it('cuts a connection whose client hangs in the middle of a request', async () => {
    const app = await openApp();
    app.post('/slow', async () => ({ done: true }));
    const origin = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
    const socket = connect(Number(origin.port), origin.hostname);
    const ended = new Promise((resolve) => socket.on('close', resolve));
    socket.on('error', () => undefined);
    socket.write('POST /slow HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 10\r\n\r\n{');
    await waitFor(() => socket.bytesWritten > 0);
    await closeApp(app, 100);
    await ended;
  });
});
