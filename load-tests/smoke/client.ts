import http from 'k6/http';
import type { Board, Circle, CreateCircle, NewInvite } from '../../src/contract/circles.ts';
import type { CreatePerson, Person } from '../../src/contract/people.ts';
import type { PostStatus } from '../../src/contract/statuses.ts';
import { measures } from './measures.ts';

/** A person of the test, with the token that every call carries. */
export interface SignedIn {
  person: Person;
  token: string;
  circles: Circle[];
}

export interface Answer<Body> {
  /** 0 where there was no answer at all. */
  status: number;
  body: Body | null;
  milliseconds: number;
  /** What the service asks for with 429 and 503; else 0. */
  retryAfterSeconds: number;
}

export type Client = ReturnType<typeof createClient>;

/** The calls of the contract that a load test needs. Those of the set-up throw at any answer that is not the expected one. */
export function createClient(baseUrl: string) {
  /** `route` is the pattern: k6 would otherwise keep a series for every id. */
  async function call<Body>(
    method: string,
    route: string,
    path: string,
    token: string | null,
    body?: object,
  ): Promise<Answer<Body>> {
    const response = await http.asyncRequest(method, baseUrl + path, body ? JSON.stringify(body) : null, {
      headers: { ...(body && { 'content-type': 'application/json' }), ...(token && { authorization: `Bearer ${token}` }) },
      tags: { name: `${method} ${route}` },
      // A jar of its own for each: a session cookie beside the token would turn the request into a browser's.
      jar: new http.CookieJar(),
      timeout: '15s',
    });
    if (response.status === 0 || response.status >= 500)
      measures.serverErrors.add(1, { name: `${method} ${route}`, status: String(response.status) });
    return {
      status: response.status,
      body: parse<Body>(response.body),
      milliseconds: response.timings.duration,
      retryAfterSeconds: Number(response.headers['Retry-After'] ?? 0),
    };
  }

  async function expect<Body>(status: number, answer: Promise<Answer<Body>>, what: string): Promise<Body> {
    const { status: got, body } = await answer;
    if (got !== status || !body) throw new Error(`${what}: expected ${status}, got ${got} ${JSON.stringify(body)}`);
    return body;
  }

  return {
    isReady: async () => (await call('GET', '/health/ready', '/health/ready', null)).status === 200,
    createPerson: (person: CreatePerson) =>
      expect<SignedIn>(201, call('POST', '/v1/people', '/v1/people', null, person), 'make a person'),
    createCircle: (token: string, circle: CreateCircle) =>
      expect<Circle>(201, call('POST', '/v1/circles', '/v1/circles', token, circle), 'make a circle'),
    createInvite: (token: string, circle: string, maxUses: number) =>
      expect<NewInvite>(
        201,
        call('POST', '/v1/circles/:id/invites', `/v1/circles/${circle}/invites`, token, { maxUses }),
        'invite',
      ),
    acceptInvite: (token: string, invite: string) =>
      expect<Circle>(
        200,
        call('POST', '/v1/invites/:token/accept', `/v1/invites/${invite}/accept`, token, {}),
        'accept an invite',
      ),
    board: (token: string, circle: string) =>
      expect<Board>(200, call('GET', '/v1/circles/:id/board', `/v1/circles/${circle}/board`, token), 'read a board'),
    /** Whether a status stands in what a circle was shown of its author. */
    async hasInHistory(token: string, circle: string, author: string, id: string): Promise<boolean> {
      const route = '/v1/circles/:id/members/:person/statuses';
      for (let before = ''; ; ) {
        const path = `/v1/circles/${circle}/members/${author}/statuses?limit=100${before && `&before=${before}`}`;
        type Page = { statuses: { id: string }[]; next: string | null };
        const page: Page = await expect<Page>(200, call('GET', route, path, token), 'read a history');
        if (page.statuses.some((status) => status.id === id)) return true;
        if (page.next === null) return false;
        before = page.next;
      }
    },
    /** Answers whatever came, for the sender to judge. The body is a receipt where the status is 202. */
    postStatus: (token: string, status: PostStatus) => call<unknown>('POST', '/v1/statuses', '/v1/statuses', token, status),
  };
}

function parse<Body>(text: unknown): Body | null {
  if (typeof text !== 'string' || text === '') return null;
  try {
    return JSON.parse(text) as Body;
  } catch {
    return null; // a proxy's error page; the status says enough
  }
}
