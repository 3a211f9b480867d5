import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Circle, NewInvite } from '../../src/contract/circles.ts';
import type { Person } from '../../src/contract/people.ts';
import type { Poster, World } from '../lib/world.ts';

/** What a push service gives a browser; the same keys for everybody, as the push sink opens only a sample. */
export interface PushKeys {
  origin: string;
  p256dh: string;
  auth: string;
}

export interface Populated {
  /** In the order of `world.people`. */
  people: Poster[];
  /** In the order of `world.circles`. */
  circles: string[];
}

/** Requests on their way at once: enough to share commits, few enough to leave the event loops of both sides alone. */
const AT_ONCE = 48;

export type Api = ReturnType<typeof createApi>;

/** A service that is behind refuses histories and boards until it is not; longer than this, something else is wrong. */
const PATIENCE_MS = 60_000;
/** Where no answer names a time. */
const RETRY_MS = 500;

/**
 * The contract's calls over kept connections. What is answered 503, or by a connection that was cut, is asked again for a minute.
 * @throws {Error} with every other answer that is not 2xx
 */
export function createApi(baseUrl: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });

  function ask(method: string, path: string, token: string | null, text: string | undefined): Promise<Answer> {
    const headers = {
      ...(text !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
      ...(token !== null && { authorization: `Bearer ${token}` }),
    };
    return new Promise((resolve, reject) => {
      const outgoing = request(`${baseUrl}${path}`, { method, agent, headers }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          const retryAfterMs = Number(answer.headers['retry-after'] ?? 0) * 1_000;
          resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString(), retryAfterMs });
        });
      });
      outgoing.on('error', reject);
      outgoing.end(text);
    });
  }

  return {
    async call<Body>(method: string, path: string, token: string | null, body?: object): Promise<Body> {
      const text = body === undefined ? undefined : JSON.stringify(body);
      const giveUpAt = Date.now() + PATIENCE_MS;
      for (;;) {
        const answer = await ask(method, path, token, text).catch((error: Error) => ({ ...NO_ANSWER, text: error.message }));
        if (answer.status >= 200 && answer.status < 300) return (answer.text === '' ? null : JSON.parse(answer.text)) as Body;
        const mayAskAgain = answer.status === NO_ANSWER.status || answer.status === 503;
        if (!mayAskAgain || Date.now() > giveUpAt) {
          throw new Error(`${method} ${path.replace(/[0-9a-f-]{36}|[\w-]{22,}/g, '…')}: ${answer.status} ${answer.text}`);
        }
        await delay(answer.retryAfterMs > 0 ? answer.retryAfterMs : RETRY_MS);
      }
    },
    close: () => agent.destroy(),
  };
}

interface Answer {
  status: number;
  text: string;
  retryAfterMs: number;
}
const NO_ANSWER: Answer = { status: 0, text: '', retryAfterMs: 0 };

/** Makes the drawn world as people do: keepers make circles and invite, the others come by the link. In parallel, for speed. */
export async function populate(api: Api, world: World, push: PushKeys | null): Promise<Populated> {
  const people: Poster[] = await inParallel(world.people, async ({ nickname, circles, isAway }, index) => {
    const made = await api.call<{ person: Person; token: string }>('POST', '/v1/people', null, {
      nickname,
      locale: index % 5 === 0 ? 'en' : 'ja',
      country: 'JP',
    });
    if (push && isAway && circles.length > 0) {
      await api.call('PUT', '/v1/push/subscription', made.token, {
        endpoint: `${push.origin}/push/${index}`,
        keys: { p256dh: push.p256dh, auth: push.auth },
        timeZone: 'Asia/Tokyo',
      });
    }
    return { id: made.person.id, token: made.token, circles: [] };
  });
  const circles = await inParallel(world.circles, async ({ kind, name, members: [keeperIndex = 0, ...others] }) => {
    const keeper = people[keeperIndex];
    const circle = await api.call<Circle>('POST', '/v1/circles', keeper?.token ?? null, { kind, name });
    keeper?.circles.push(circle.id);
    if (others.length === 0) return circle.id;
    const invite = await api.call<NewInvite>('POST', `/v1/circles/${circle.id}/invites`, keeper?.token ?? null, {
      maxUses: others.length,
    });
    for (const index of others) {
      const member = people[index];
      await api.call('POST', `/v1/invites/${invite.token}/accept`, member?.token ?? null, {});
      member?.circles.push(circle.id);
    }
    return circle.id;
  });
  return { people, circles };
}

export async function inParallel<Item, Result>(
  items: readonly Item[],
  work: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results = new Array<Result>(items.length);
  const turns = items.entries();
  const runOne = async () => {
    for (const [index, item] of turns) results[index] = await work(item, index);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, runOne));
  return results;
}
