/**
 * A push service for load tests: it takes every alert, counts it per phone, and opens a sample, for decrypting all of them would
 * cost more than sending them. Driven like the socket sink, by lines of JSON on stdin, each answered with one on stdout:
 *
 *   {"re":1,"do":"start"}   → {"origin","p256dh","auth"}: the origin for PUSH_ALLOWED_HOSTS; all phones share the keys, and their
 *                             endpoints are `<origin>/push/<number>`
 *   {"do":"state"}          → {"pushes","help","phones","mostPerPhone","opened","unreadable","unreadableExamples","busy"}
 */
import { createECDH, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { buffer } from 'node:stream/consumers';
import { decrypt } from 'http_ece';
import { createBusyMeter } from '../instruments/busy.ts';

const OPEN_EVERY = 25;
const EXAMPLES_MAX = 5;

const curve = createECDH('prime256v1');
const publicKey = curve.generateKeys();
const authSecret = randomBytes(16).toString('base64url');
const perPhone = new Map<string, number>();
const totals = { pushes: 0, help: 0, opened: 0, unreadable: 0 };
const unreadableExamples: string[] = [];
const busy = createBusyMeter();

const server = createServer((request, response) => {
  take(request).then(
    () => response.writeHead(201).end(),
    () => response.writeHead(400).end(),
  );
});

async function take(request: IncomingMessage): Promise<void> {
  const body = await buffer(request);
  const phone = request.url ?? '';
  totals.pushes += 1;
  if (request.headers['urgency'] === 'high') totals.help += 1;
  perPhone.set(phone, (perPhone.get(phone) ?? 0) + 1);
  if (totals.pushes % OPEN_EVERY === 1) open(body);
}

function open(body: Buffer): void {
  try {
    const alert = JSON.parse(decrypt(body, { version: 'aes128gcm', privateKey: curve, authSecret }).toString());
    if (typeof alert.notification?.title !== 'string') throw new Error('no title');
    totals.opened += 1;
  } catch (error) {
    totals.unreadable += 1;
    if (unreadableExamples.length < EXAMPLES_MAX) unreadableExamples.push(String(error));
  }
}

const commands: Record<string, () => Promise<object> | object> = {
  async start() {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return { origin: `http://127.0.0.1:${port}`, p256dh: publicKey.toString('base64url'), auth: authSecret };
  },
  state: () => ({
    ...totals,
    phones: perPhone.size,
    mostPerPhone: Math.max(0, ...perPhone.values()),
    unreadableExamples,
    busy: busy.read(),
  }),
};

const lines = createInterface(process.stdin);
lines.on('line', async (line) => {
  const { re, do: name } = JSON.parse(line);
  const answer = (await commands[name]?.()) ?? { error: `do must be one of ${Object.keys(commands).join(', ')}` };
  process.stdout.write(`${JSON.stringify({ re, ...answer })}\n`);
});
lines.on('close', () => process.exit(0));
