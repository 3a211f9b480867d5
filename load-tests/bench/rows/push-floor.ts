import { Agent, type Dispatcher } from 'undici';
import webPush from 'web-push';

/**
 * The least that a push can cost with the library that Buji uses: encrypt, post with an authorization that was signed once, on
 * connections that are kept; no queue, no Redis, no words. A process of its own, whose processor time is what is compared.
 */
interface Order {
  origin: string;
  phones: { p256dh: string; auth: string }[];
  payload: string;
  count: number;
}

const AT_ONCE = 64;
const HOUR_SECONDS = 3_600;
const { publicKey, privateKey } = webPush.generateVAPIDKeys();
const agent = new Agent({ connections: AT_ONCE, pipelining: 1, keepAliveTimeout: 60_000 });

process.on('message', (order: Order) => {
  send(order).then(
    (cpuSeconds) => process.send?.({ answer: { cpuSeconds } }),
    (error: unknown) => process.send?.({ error: String(error) }),
  );
});
process.on('disconnect', () => process.exit());

async function send({ origin, phones, payload, count }: Order): Promise<number> {
  const expires = Math.floor(Date.now() / 1_000) + HOUR_SECONDS;
  const signed = webPush.getVapidHeaders(origin, 'mailto:op@buji.example', publicKey, privateKey, 'aes128gcm', expires);
  const headers = {
    authorization: signed.Authorization,
    'content-encoding': 'aes128gcm',
    'content-type': 'application/octet-stream',
    ttl: '14400',
    urgency: 'normal',
    topic: 'x'.repeat(32),
  };
  let next = 0;
  async function sendSome(): Promise<void> {
    while (next < count) {
      const index = next++;
      const { p256dh = '', auth = '' } = phones[index % phones.length] ?? {};
      const body = webPush.encrypt(p256dh, auth, payload, 'aes128gcm').cipherText;
      const status = await post({ origin, path: `/phone/${index}`, method: 'POST', headers, body });
      if (status !== 201) throw new Error(`the sink answered ${status}`);
    }
  }
  const before = process.cpuUsage();
  await Promise.all(Array.from({ length: AT_ONCE }, sendSome));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000_000;
}

/** The status of the answer; its body is left unread, as Buji does. */
function post(options: Dispatcher.DispatchOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    let status = 0;
    agent.dispatch(options, {
      onRequestStart() {},
      onResponseStart(_controller, statusCode) {
        status = statusCode;
      },
      onResponseData() {},
      onResponseEnd: () => resolve(status),
      onResponseError: (_controller, error) => reject(error),
    });
  });
}
