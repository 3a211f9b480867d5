import type { Circle, CreateCircle, NewInvite } from '../contract/circles.ts';
import type { CreatePerson, Device, Person } from '../contract/people.ts';
import type { PostStatus } from '../contract/statuses.ts';

export type Api = ReturnType<typeof createApi>;

/** The few calls of the contract that making the town needs. Each throws at an answer that is not the expected one. */
export function createApi(baseUrl: string) {
  async function call<Body>(expected: number, method: string, path: string, token: string | null, body?: object): Promise<Body> {
    const response = await fetch(baseUrl + path, {
      method,
      headers: { ...(body && { 'content-type': 'application/json' }), ...(token && { authorization: `Bearer ${token}` }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (response.status !== expected)
      throw new Error(`${method} ${path.split('/').slice(0, 3).join('/')}: ${response.status} ${text}`);
    return JSON.parse(text) as Body;
  }

  return {
    createPerson: (person: CreatePerson) =>
      call<{ person: Person; token: string; recoveryCode: string }>(201, 'POST', '/v1/people', null, person),
    /** Null where the token is nobody's (any more): Redis was emptied since. */
    me: (token: string) => call<{ devices: Device[] }>(200, 'GET', '/v1/me', token).catch(toNullIfStranger),
    createCircle: (token: string, circle: CreateCircle) => call<Circle>(201, 'POST', '/v1/circles', token, circle),
    /** Short-lived: one is made at every start, and a circle holds fifty. */
    createInvite: (token: string, circle: string) =>
      call<NewInvite>(201, 'POST', `/v1/circles/${circle}/invites`, token, { expiresInHours: 4 }),
    acceptInvite: (token: string, invite: string) => call<Circle>(200, 'POST', `/v1/invites/${invite}/accept`, token, {}),
    postStatus: (token: string, status: PostStatus) => call<unknown>(202, 'POST', '/v1/statuses', token, status),
  };
}

function toNullIfStranger(error: unknown): null {
  if (error instanceof Error && error.message.includes(': 401 ')) return null;
  throw error;
}
