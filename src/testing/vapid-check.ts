import { createPublicKey, verify } from 'node:crypto';

/** RFC 8292, section 2: a token lives at most 24 hours. */
const LIFE_MAX_SECONDS = 24 * 3_600;

interface Expected {
  /** Origin of the push service. */
  audience: string;
  /** The `applicationServerKey` that was subscribed for, where known. */
  publicKey: string | null;
}

/** What is wrong with an `Authorization` header as a push service sees it (RFC 8292), or null. */
export function findVapidFault(authorization: string | undefined, { audience, publicKey }: Expected): string | null {
  const match = /^vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), ?k=([\w-]+)$/.exec(authorization ?? '');
  if (!match) return 'no vapid authorization';
  const [, header = '', claims = '', signature = '', key = ''] = match;
  if (publicKey !== null && key !== publicKey) return 'not the key that was subscribed for';
  if (!isSigned(`${header}.${claims}`, signature, key)) return 'signature';
  const { typ, alg } = decode(header);
  if (typ !== 'JWT' || alg !== 'ES256') return 'typ or alg';
  const { aud, exp, sub } = decode(claims);
  if (aud !== audience) return 'aud';
  const secondsLeft = Number(exp) - Date.now() / 1_000;
  if (!(secondsLeft > 0 && secondsLeft <= LIFE_MAX_SECONDS)) return 'exp';
  if (!/^(mailto:\S+@\S+|https:\/\/\S+)$/.test(String(sub))) return 'sub';
  return null;
}

function decode(part: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
}

function isSigned(text: string, signature: string, key: string): boolean {
  const point = Buffer.from(key, 'base64url');
  if (point.length !== 65 || point[0] !== 4) return false;
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  };
  const publicKey = createPublicKey({ key: jwk, format: 'jwk' });
  return verify('sha256', Buffer.from(text), { key: publicKey, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'));
}
