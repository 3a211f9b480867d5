import { uuidv7 } from 'uuidv7';
import type { Board, Circle, NewInvite } from '../contract/circles.ts';
import type { CreatePerson, Person } from '../contract/people.ts';
import type { Condition, PostStatus } from '../contract/statuses.ts';
import type { Service } from './service.ts';
import { waitFor } from './wait-for.ts';

/** An answer of the service: `body` is parsed JSON, or text where it is none, or null where there is nothing. */
export interface Answer<Body = unknown> {
  status: number;
  headers: Headers;
  body: Body;
}

/** One person on one device, speaking the API over real HTTP. */
export interface Client {
  person: Person;
  token: string;
  recoveryCode: string;
  call<Body = unknown>(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer<Body>>;
}

/** Sends one request; JSON where `body` is an object, as it is where it is text. */
export async function send<Body = unknown>(
  origin: string,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer<Body>> {
  const response = await fetch(`${origin}${path}`, {
    method,
    redirect: 'manual',
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return { status: response.status, headers: response.headers, body: (isJson ? JSON.parse(text) : text || null) as Body };
}

/** Makes a person. @throws unless the service answers 201 */
export async function createClient(service: Service, input: Partial<CreatePerson> = {}): Promise<Client> {
  const answer = await send<{ person: Person; token: string; recoveryCode: string }>(service.next('web'), 'POST', '/v1/people', {
    nickname: 'Aki',
    ...input,
  });
  expectStatus(answer, 201, 'POST /v1/people');
  return toClient(service, answer.body);
}

/** A client for a token that is there already. */
export function toClient(
  service: Service,
  { person, token, recoveryCode }: { person: Person; token: string; recoveryCode: string },
): Client {
  return {
    person,
    token,
    recoveryCode,
    call: (method, path, body, headers) =>
      send(service.next('web'), method, path, body, { authorization: `Bearer ${token}`, ...headers }),
  };
}

/** Calls and insists on the status. */
export async function must<Body>(client: Client, status: number, method: string, path: string, body?: unknown): Promise<Body> {
  const answer = await client.call<Body>(method, path, body);
  expectStatus(answer, status, `${method} ${path}`);
  return answer.body;
}

function expectStatus(answer: Answer, status: number, what: string): void {
  if (answer.status !== status) throw new Error(`${what}: ${answer.status} instead of ${status}: ${JSON.stringify(answer.body)}`);
}

/** Makes a circle of `keeper`. */
export function createCircle(keeper: Client, input: { name?: string; kind?: Circle['kind'] } = {}): Promise<Circle> {
  return must(keeper, 201, 'POST', '/v1/circles', { name: 'Family', kind: 'family', ...input });
}

/** Makes an invite and lets everybody in by it. */
export async function joinAll(keeper: Client, circle: Circle, clients: Client[]): Promise<NewInvite> {
  const invite = await must<NewInvite>(keeper, 201, 'POST', `/v1/circles/${circle.id}/invites`, { maxUses: 1_000 });
  await Promise.all(clients.map((client) => must(client, 200, 'POST', `/v1/invites/${invite.token}/accept`, {})));
  return invite;
}

/** Posts a status; the id is new unless given. */
export async function post(client: Client, condition: Condition = 'ok', more: Partial<PostStatus> = {}): Promise<PostStatus> {
  const status: PostStatus = { id: uuidv7(), condition, ...more };
  await must(client, 202, 'POST', '/v1/statuses', status);
  return status;
}

/** The board as this client sees it. */
export function readBoard(client: Client, circle: Circle): Promise<Board> {
  return must(client, 200, 'GET', `/v1/circles/${circle.id}/board`);
}

/** Waits until this client's board shows that status (null: none) for that author. */
export async function waitForBoard(client: Client, circle: Circle, author: string, statusId: string | null): Promise<Board> {
  return waitFor(
    async () => {
      const board = await readBoard(client, circle);
      const row = board.members.find(({ member }) => member.id === author);
      return row && (row.status?.id ?? null) === statusId ? board : null;
    },
    { describe: `status ${statusId} of ${author} on the board of ${circle.id}` },
  );
}
