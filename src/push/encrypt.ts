import { createCipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto';
import type { PushSubscription } from '../contract/push.ts';

/** One record holds all (RFC 8291, section 4), so this only has to be more than its length; what every sender writes. */
const RECORD_SIZE = 4_096;
const SALT_BYTES = 16;
const AUTH_BYTES = 16;
/** Salt, record size and length of the key id (RFC 8188, section 2.1), before the key id. */
const FIXED_HEADER_BYTES = 21;
/** Ends the last record (RFC 8188, section 2). */
const LAST_RECORD = Buffer.from([2]);
const WEB_PUSH_INFO = Buffer.from('WebPush: info\0');
const KEY_INFO = Buffer.from('Content-Encoding: aes128gcm\0');
const NONCE_INFO = Buffer.from('Content-Encoding: nonce\0');

/**
 * Encrypts payloads for browsers: RFC 8291 over RFC 8188, in one record, with a key pair and a salt of its own for each message.
 * `web-push` does the same work and as much again around it: measured, half of what a push costs is the curve, and the rest
 * was worth halving. Answers null where the subscription's keys are none.
 */
export function createEncryption(): (keys: PushSubscription['keys'], payload: string) => Buffer | null {
  const curve = createECDH('prime256v1');
  return (keys, payload) => {
    const receiver = Buffer.from(keys.p256dh, 'base64url');
    const auth = Buffer.from(keys.auth, 'base64url');
    if (auth.length < AUTH_BYTES) return null;
    const sender = curve.generateKeys();
    const shared = agree(receiver);
    if (!shared) return null;
    const salt = randomBytes(SALT_BYTES);
    const secret = derive(shared, auth, Buffer.concat([WEB_PUSH_INFO, receiver, sender]), 32);
    const cipher = createCipheriv('aes-128-gcm', derive(secret, salt, KEY_INFO, 16), derive(secret, salt, NONCE_INFO, 12));
    const header = Buffer.allocUnsafe(FIXED_HEADER_BYTES);
    salt.copy(header);
    header.writeUInt32BE(RECORD_SIZE, SALT_BYTES);
    header.writeUInt8(sender.length, FIXED_HEADER_BYTES - 1);
    const record = cipher.update(Buffer.concat([Buffer.from(payload), LAST_RECORD]));
    return Buffer.concat([header, sender, record, cipher.final(), cipher.getAuthTag()]);
  };

  function agree(receiver: Buffer): Buffer | null {
    try {
      return curve.computeSecret(receiver);
    } catch {
      return null; // not a point on the curve; the message would repeat parts of the key
    }
  }
}

function derive(secret: Uint8Array, salt: Buffer, info: Buffer, length: number): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, salt, info, length));
}
