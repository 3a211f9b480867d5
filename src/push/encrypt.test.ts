import { describe, expect, it } from 'vitest';
import { createPushReceiver } from '../testing/push-receiver.ts';
import { createEncryption } from './encrypt.ts';

const encrypt = createEncryption();
const SALT_BYTES = 16;
const [KEY_START, KEY_END] = [21, 86];

describe('createEncryption', () => {
  it.each(['', '{"web_push":8030}', '無事'.repeat(500)])('makes what its receiver, and nobody else, can read: %s', (payload) => {
    const [receiver, other] = [createPushReceiver(), createPushReceiver()];
    const body = encrypt(receiver.keys, payload);
    expect(body && receiver.decrypt(body)).toBe(payload);
    expect(() => body && other.decrypt(body)).toThrow();
    expect(() => body && createPushReceiver(undefined, Buffer.alloc(16)).decrypt(body)).toThrow();
  });

  it('takes a new key pair and a new salt for each message', () => {
    const { keys } = createPushReceiver();
    const bodies = Array.from({ length: 20 }, () => encrypt(keys, 'x') ?? Buffer.alloc(0));
    const parts = (start: number, end: number) => new Set(bodies.map((body) => body.subarray(start, end).toString('hex')));
    expect(parts(0, SALT_BYTES).size).toBe(20);
    expect(parts(KEY_START, KEY_END).size).toBe(20);
  });

  it('knows keys that are none', () => {
    const { keys } = createPushReceiver();
    expect(encrypt({ ...keys, p256dh: 'B'.repeat(87) }, 'x')).toBeNull();
    expect(encrypt({ ...keys, p256dh: '' }, 'x')).toBeNull();
    expect(encrypt({ ...keys, auth: 'AAAA' }, 'x')).toBeNull();
  });
});
