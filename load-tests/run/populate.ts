import { Agent, request } from 'node:http';
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

/** The contract's calls over kept connections. Throws at every answer that is not 2xx. */
export function createApi(baseUrl: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  return {
    call<Body>(method: string, path: string, token: string | null, body?: object): Promise<Body> {
      const text = body === undefined ? undefined : JSON.stringify(body);
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
            const received = Buffer.concat(chunks).toString();
            const { statusCode = 0 } = answer;
            if (statusCode >= 200 && statusCode < 300) resolve((received === '' ? null : JSON.parse(received)) as Body);
            else reject(new Error(`${method} ${path.replace(/[0-9a-f-]{36}|[\w-]{22,}/g, '…')}: ${statusCode} ${received}`));
          });
        });
        outgoing.on('error', reject);
        outgoing.end(text);
      });
    },
    close: () => agent.destroy(),
  };
}

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
