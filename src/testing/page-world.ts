import cookie from '@fastify/cookie';
import Fastify, { type FastifyInstance } from 'fastify';
import type { PageBackend } from '../app/page-backend.ts';
import { pages } from '../app/pages.tsx';
import { AppError } from '../contract/app-error.ts';
import type { Board, Circle } from '../contract/circles.ts';
import type { Member, Person } from '../contract/people.ts';
import type { OwnStatus, PostStatus, Status } from '../contract/statuses.ts';

/** Ids of the small world that pages are shown of. */
export const ID = {
  me: '0190a0a0-0000-7000-8000-000000000001',
  mum: '0190a0a0-0000-7000-8000-000000000002',
  circle: '0190a0a0-0000-7000-8000-00000000000c',
  status: '0190a0a0-0000-7000-8000-0000000000aa',
  stranger: '0190a0a0-0000-7000-8000-00000000dead',
} as const;
/** The style sheet of its pages. */
export const STYLE = { text: 'p{margin:0}', source: "'sha256-of-it'" };
export const TOKEN = 'invite-token-of-22-letters';
export const RECOVERY_CODE = 'AAAA-BBBB-CCCC-DDDD-EEEE-FFFF';
export const TRANSFER_CODE = 'AAAA-BBBB-CCCC-DDDD';

const NOW = new Date().toISOString();
export const ME: Person = {
  id: ID.me,
  nickname: 'Ken',
  avatar: { emoji: '🐻', colour: 'brown' },
  locale: 'en',
  country: 'JP',
  footprints: true,
};
const MUM: Member = { id: ID.mum, nickname: 'Mum <3', avatar: { emoji: '🌸', colour: 'pink' }, role: 'keeper' };
export const CIRCLE: Circle = {
  id: ID.circle,
  name: 'Family & friends',
  kind: 'family',
  createdAt: NOW,
  memberCount: 2,
  role: 'keeper',
  position: '00000001-1',
  invites: 'keepers',
  footprints: true,
};
const STATUS: Status = {
  id: ID.status,
  author: MUM,
  condition: 'help',
  note: 'on the <b>roof</b>',
  writtenAt: NOW,
  acceptedAt: NOW,
};

export interface PageWorld {
  app: FastifyInstance;
  /** Patterns of all addresses that can be looked at, without those of files. */
  routes: ReadonlySet<string>;
  /** Patterns of all addresses that a form is posted to. */
  forms: ReadonlySet<string>;
  /** What the pages asked for, in order. */
  calls: { name: string; input: unknown }[];
  /** Overrides what the backend answers from now on. */
  answer(methods: Partial<PageBackend>): void;
  /** Asks for a page as a browser does; signed in unless told otherwise. */
  get(path: string, options?: { signedIn?: boolean; headers?: Record<string, string> }): ReturnType<PageWorld['send']>;
  post(path: string, form?: string, options?: { signedIn?: boolean }): ReturnType<PageWorld['send']>;
  send(
    method: 'GET' | 'POST',
    path: string,
    headers: Record<string, string>,
    payload?: string,
  ): Promise<{
    status: number;
    text: string;
    headers: Record<string, unknown>;
    cookies: { name: string; value: string; path?: string }[];
  }>;
}

/** The pages over a backend that knows one person, one circle and one status, without Redis or a browser. */
export async function createPageWorld(publicOrigin: string | null = null): Promise<PageWorld> {
  const calls: PageWorld['calls'] = [];
  const overrides: Partial<PageBackend> = {};
  const routes = new Set<string>();
  const forms = new Set<string>();
  const app = Fastify();
  app.addHook('onRoute', ({ method, url, path }) => {
    if (method === 'GET') routes.add(url ?? path);
    if (method === 'POST') forms.add(url ?? path);
  });
  await app.register(cookie);
  await app.register(pages, {
    backend: createBackend(calls, overrides),
    publicOrigin,
    assets: { directory: import.meta.dirname, script: '/assets/app.js', style: STYLE },
    explain: (error) => {
      if (error instanceof AppError) return { code: error.code, refusal: error.refusal, isBug: false };
      const { code } = error as { code?: string };
      if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return { code: 'too-large', refusal: {}, isBug: false };
      return { code: 'internal-error', refusal: {}, isBug: true };
    },
  });
  const send: PageWorld['send'] = async (method, path, headers, payload) => {
    const answer = await app.inject({ method, url: path, headers, ...(payload !== undefined && { payload }) });
    const cookies = answer.cookies as { name: string; value: string; path?: string }[];
    return { status: answer.statusCode, text: answer.payload, headers: answer.headers, cookies };
  };
  return {
    app,
    routes,
    forms,
    calls,
    answer: (methods) => void Object.assign(overrides, methods),
    get: (path, { signedIn = true, headers = {} } = {}) =>
      send('GET', path, {
        accept: 'text/html',
        ...headers,
        cookie: [signedIn ? 'session=1' : '', headers['cookie'] ?? ''].filter(Boolean).join('; '),
      }),
    post: (path, form = '', { signedIn = true } = {}) =>
      send('POST', path, { 'content-type': 'application/x-www-form-urlencoded', ...(signedIn && { cookie: 'session=1' }) }, form),
    send,
  };
}

function createBackend(calls: PageWorld['calls'], overrides: Partial<PageBackend>): PageBackend {
  const inCircle = (id: string) => {
    if (id !== ID.circle) throw new AppError('not-found');
  };
  const board: Board = {
    circle: CIRCLE,
    position: CIRCLE.position,
    since: new Date(Date.now() - 86_400_000).toISOString(),
    counts: { ok: 0, evacuated: 0, hurt: 0, help: 1, silent: 1 },
    members: [
      { member: { ...ME, role: 'member' }, status: null },
      { member: MUM, status: STATUS },
    ],
  };
  const last: OwnStatus = {
    ...STATUS,
    author: { ...ME, role: 'member' },
    condition: 'ok',
    circles: [ID.circle],
    delivery: { boards: 1, alerted: 2, reached: 1, seen: 1 },
  };
  const standard: PageBackend = {
    viewer: async (request) => (request.cookies['session'] ? { person: ME, sessionId: 's' } : null),
    createPerson: async () => ({ person: ME, recoveryCode: RECOVERY_CODE, circles: [CIRCLE] }),
    signIn: async (_request, _reply, { transferCode }) => ({ person: ME, recoveryCode: transferCode ? null : RECOVERY_CODE }),
    createTransferCode: async () => ({
      code: TRANSFER_CODE,
      url: `http://buji.test/move/${TRANSFER_CODE}`,
      expiresAt: new Date(Date.now() + 600_000).toISOString(),
    }),
    previewTransfer: async (_request, code) => {
      if (code !== TRANSFER_CODE) throw new AppError('code-not-valid');
      return ME;
    },
    erasePerson: async () => undefined,
    signOut: async () => undefined,
    changePerson: async (_viewer, change) => ({ ...ME, ...change }) as Person,
    listDevices: async () => [
      { id: ID.stranger, name: 'Firefox', createdAt: NOW, lastUsedAt: NOW, current: false, alerts: true },
      { id: ID.me, name: 'Chrome', createdAt: NOW, lastUsedAt: NOW, current: true, alerts: false },
    ],
    renewRecoveryCode: async () => RECOVERY_CODE,
    keepRecoveryCode: async () => undefined,
    listNewDevices: async () => [],
    noteNewDevicesSeen: async () => undefined,
    signOutDevice: async () => undefined,
    listCircles: async () => [CIRCLE],
    board: async (_viewer, id) => {
      inCircle(id);
      return board;
    },
    createCircle: async () => CIRCLE,
    changeCircle: async (_viewer, id, change) => {
      inCircle(id);
      return { ...CIRCLE, ...change };
    },
    removeCircle: async (_viewer, id) => inCircle(id),
    alertLevel: async () => 'help-only',
    changeMember: async (_viewer, id) => inCircle(id),
    removeMember: async (_viewer, id) => inCircle(id),
    listInvites: async () => [{ id: ID.status, createdBy: ID.me, createdAt: NOW, expiresAt: NOW, maxUses: 10, uses: 3 }],
    revokeInvite: async (_viewer, id) => inCircle(id),
    revokeInvites: async (_viewer, id) => inCircle(id),
    createInvite: async (_request, _viewer, id) => {
      inCircle(id);
      return { id: ID.stranger, token: TOKEN, url: `http://buji.test/join/${TOKEN}`, expiresAt: NOW, maxUses: 10 };
    },
    previewInvite: async (_request, token) => {
      if (token !== TOKEN) throw new AppError('not-found');
      return { circle: CIRCLE, invitedBy: MUM };
    },
    acceptInvite: async () => CIRCLE,
    postStatus: async (_viewer, status: PostStatus) => ({ id: status.id, acceptedAt: NOW, writtenAt: NOW, circles: [ID.circle] }),
    retractStatus: async () => undefined,
    latestStatus: async () => last,
    memberStatuses: async () => [STATUS],
  };
  return new Proxy(standard, {
    get:
      (target, name: keyof PageBackend) =>
      (...args: unknown[]) => {
        const act = (overrides[name] ?? target[name]) as (...input: unknown[]) => unknown;
        // What a person wrote or chose is always last.
        calls.push({ name, input: args.at(-1) });
        return act(...args);
      },
  });
}
