import { createECDH, randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import webPush from 'web-push';

/** Our identity towards push services (RFC 8292). Whoever subscribed did so for this public key and no other. */
export interface Vapid {
  publicKey: string;
  privateKey: string;
  /** `mailto:` or `https:`: where a push service reaches the operator. */
  subject: string;
}

/** What a push service is told where nobody configured a contact; `.invalid` (RFC 2606) says so honestly. */
const NO_CONTACT = 'mailto:operator@buji.invalid';

interface Settings {
  configured: Vapid | null;
  dataDir: string;
  /** Origin of the service: its contact when it is on https. */
  publicUrl: string | null;
}

/**
 * The configured keys, else those kept in `DATA_DIR/vapid.json`, made at the first start. The file appears complete or not at
 * all and is never replaced: with new keys every subscription would be lost. Two processes that start at once on one directory end
 * with the same keys; processes on several hosts need configured ones.
 * @throws when the keys are not a pair, or the file cannot be used
 */
export async function loadVapid({ configured, dataDir, publicUrl }: Settings): Promise<Vapid> {
  if (configured) {
    if (!isPair(configured)) throw new Error('VAPID_PUBLIC_KEY must be the public key of VAPID_PRIVATE_KEY');
    return configured;
  }
  const file = join(dataDir, 'vapid.json');
  const keys = (await readKeys(file)) ?? (await makeKeys(dataDir, file));
  return { ...keys, subject: publicUrl?.startsWith('https://') ? publicUrl : NO_CONTACT };
}

type KeyPair = Pick<Vapid, 'publicKey' | 'privateKey'>;

async function readKeys(file: string): Promise<KeyPair | null> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return null;
  const keys = parseKeys(text);
  if (!keys) throw new Error(`${file} does not hold a VAPID key pair; restore it, or remove it and lose every subscription`);
  return keys;
}

function parseKeys(text: string): KeyPair | null {
  try {
    const { publicKey, privateKey } = JSON.parse(text) as Record<string, unknown>;
    if (typeof publicKey !== 'string' || typeof privateKey !== 'string') return null;
    return isPair({ publicKey, privateKey }) ? { publicKey, privateKey } : null;
  } catch {
    return null; // the caller names the file
  }
}

async function makeKeys(dataDir: string, file: string): Promise<KeyPair> {
  await mkdir(dataDir, { recursive: true });
  const draft = `${file}.${randomUUID()}`;
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(webPush.generateVAPIDKeys())}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  // link() fails when the name is taken, unlike rename(): of two processes the first one wins, and both read its keys.
  await link(draft, file)
    .catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    })
    .finally(() => unlink(draft));
  const keys = await readKeys(file);
  if (!keys) throw new Error(`${file} vanished`);
  return keys;
}

function isPair({ publicKey, privateKey }: KeyPair): boolean {
  try {
    const curve = createECDH('prime256v1');
    curve.setPrivateKey(privateKey, 'base64url');
    return curve.getPublicKey('base64url') === publicKey;
  } catch {
    return false; // not even a key
  }
}
