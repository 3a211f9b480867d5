import { expect, it, onTestFinished } from 'vitest';
import webPush from 'web-push';
import { launchObedient } from '../processes/children.ts';

/** Sends a body to the phone as Buji's worker does. */
async function push(url: string, body: Buffer | string, urgency: string): Promise<number> {
  const headers = { 'content-encoding': 'aes128gcm', urgency };
  return (await fetch(url, { method: 'POST', headers, body: typeof body === 'string' ? body : new Uint8Array(body) })).status;
}

/** The sink is a program of its own, in TypeScript, which Node 20 does not run. */
it.runIf(process.features.typescript)(
  'counts alerts by phone, opens a sample of them, and says which it could not read',
  async () => {
    const sink = launchObedient('load-tests/push-sink/main.ts');
    onTestFinished(() => sink.stop());
    const { origin, p256dh, auth } = await sink.ask<{ origin: string; p256dh: string; auth: string }>({ do: 'start' });
    const encrypt = (text: string) => webPush.encrypt(p256dh, auth, text, 'aes128gcm').cipherText;
    const alert = encrypt(JSON.stringify({ notification: { title: 'さくら is OK' } }));
    // The first of each twenty-five is opened.
    for (let index = 0; index < 25; index++) expect(await push(`${origin}/push/${index % 2}`, alert, 'normal')).toBe(201);
    expect(await push(`${origin}/push/7`, 'nonsense', 'high')).toBe(201);
    expect(await sink.ask({ do: 'state' })).toMatchObject({
      pushes: 26,
      help: 1,
      phones: 3,
      mostPerPhone: 13,
      opened: 1,
      unreadable: 1,
    });
  },
);
