import { createDecipheriv, createECDH, type ECDH, hkdfSync, randomBytes } from 'node:crypto';

/** The browser's half of a push subscription. */
export interface PushReceiver {
  /** `keys` of `PushSubscription.toJSON()`. */
  keys: { p256dh: string; auth: string };
  /** Decrypts the body of a push (RFC 8291 over RFC 8188, one record). @throws when it is not for this receiver */
  decrypt(body: Buffer): string;
}

/** Bytes of the header before the key id (RFC 8188, section 2.1): salt, record size, length of the key id. */
const FIXED_HEADER_BYTES = 21;
const SALT_BYTES = 16;
const TAG_BYTES = 16;
/** Ends the last record (RFC 8188, section 2). */
const LAST_RECORD_DELIMITER = 2;

/**
 * A receiver with new keys, or with given ones. Written from the RFCs with `node:crypto` alone: the sender's own library would
 * find its own mistakes correct.
 */
export function createPushReceiver(curve: ECDH = createCurve(), auth: Buffer = randomBytes(16)): PushReceiver {
  const publicKey = curve.getPublicKey();
  return {
    keys: { p256dh: publicKey.toString('base64url'), auth: auth.toString('base64url') },
    decrypt(body) {
      const salt = body.subarray(0, SALT_BYTES);
      const recordSize = body.readUInt32BE(SALT_BYTES);
      const keyLength = body.readUInt8(FIXED_HEADER_BYTES - 1);
      const senderKey = body.subarray(FIXED_HEADER_BYTES, FIXED_HEADER_BYTES + keyLength);
      const record = body.subarray(FIXED_HEADER_BYTES + keyLength);
      if (record.length > recordSize) throw new Error('more than one record (RFC 8291, section 4)');
      const info = Buffer.concat([Buffer.from('WebPush: info\0'), publicKey, senderKey]);
      const secret = derive(curve.computeSecret(senderKey), auth, info, 32);
      const key = derive(secret, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
      const nonce = derive(secret, salt, Buffer.from('Content-Encoding: nonce\0'), 12);
      const decipher = createDecipheriv('aes-128-gcm', key, nonce);
      decipher.setAuthTag(record.subarray(-TAG_BYTES));
      const padded = Buffer.concat([decipher.update(record.subarray(0, -TAG_BYTES)), decipher.final()]);
      const end = padded.lastIndexOf(LAST_RECORD_DELIMITER);
      if (end < 0) throw new Error('no padding delimiter');
      return padded.subarray(0, end).toString('utf8');
    },
  };
}

function createCurve(): ECDH {
  const curve = createECDH('prime256v1');
  curve.generateKeys();
  return curve;
}

function derive(secret: Buffer, salt: Buffer, info: Buffer, length: number): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, info, length));
}
