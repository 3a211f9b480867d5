import { createECDH } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createPushReceiver } from './push-receiver.ts';

/** RFC 8291, section 5 and appendix A. */
const PRIVATE_KEY = 'q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94';
const PUBLIC_KEY = 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4';
const AUTH = 'BTBZMqHH6r4Tts7J_aSIgg';
const BODY =
  'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN';

function createExample() {
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(PRIVATE_KEY, 'base64url');
  return createPushReceiver(curve, Buffer.from(AUTH, 'base64url'));
}

describe('createPushReceiver', () => {
  it('decrypts the example of RFC 8291', () => {
    const receiver = createExample();
    expect(receiver.keys).toEqual({ p256dh: PUBLIC_KEY, auth: AUTH });
    expect(receiver.decrypt(Buffer.from(BODY, 'base64url'))).toBe('When I grow up, I want to be a watermelon');
  });

  it('refuses what is for somebody else, and what was changed on the way', () => {
    expect(() => createPushReceiver().decrypt(Buffer.from(BODY, 'base64url'))).toThrow();
    const changed = Buffer.from(BODY, 'base64url');
    changed[changed.length - 20] = (changed.at(-20) ?? 0) ^ 1;
    expect(() => createExample().decrypt(changed)).toThrow();
  });
});
