import { uuidv7 } from 'uuidv7';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Client, send } from '../client.ts';
import { createKnownCircle, type KnownCircle } from '../known-circle.ts';
import { useService } from '../use-service.ts';

const suite = useService();
let known: KnownCircle;
let stranger: Client;
beforeAll(async () => {
  known = await createKnownCircle(suite);
  stranger = await suite.person('Mallory');
  await suite.circle([stranger]);
});

/** Pages are not in the API document: those that take an id are read from their sources, so that a new one cannot be forgotten. */
const sources: Record<string, string> = import.meta.glob('../../app/routes/*.tsx', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const PAGES = Object.entries(sources)
  .filter(([file]) => !file.endsWith('.test.tsx'))
  .flatMap(([, text]) => [...text.matchAll(/\b(get|post)(?:<[^(]*>)?\(\s*'([^']*:[^']*)'/g)])
  .map(([, method = '', path = '']) => [method.toUpperCase(), path] as const);

/** What stands for the parameters of each page; a new page with another beginning has to be named here. */
function fill(path: string, ids: Ids): string {
  const filled = path
    .replace(/^\/circles\/:id/, `/circles/${ids.circle}`)
    .replace(/^\/answer\/:id/, `/answer/${ids.circle}`)
    .replace(/\/:person$/, `/${ids.person}`)
    .replace(/^\/statuses\/:id/, `/statuses/${ids.status}`)
    .replace(/^\/devices\/:id/, `/devices/${ids.session}`)
    .replace(/^\/move\/:code/, `/move/${ids.token.slice(0, 19)}`)
    .replace(/^\/join\/:token/, `/join/${ids.token}`)
    .replace('/members/:person', `/members/${ids.person}`)
    .replace('/invites/:invite', `/invites/${ids.invite}`);
  if (filled.includes(':')) throw new Error(`what do the parameters of ${path} stand for? Say so here`);
  return filled;
}
type Ids = Record<'circle' | 'status' | 'session' | 'token' | 'person' | 'invite', string>;

function visit(client: Client | null, method: string, path: string) {
  const cookie: Record<string, string> = client ? { cookie: `session=${client.token}` } : {};
  const form = method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {};
  const headers = { ...cookie, ...form, accept: 'text/html', 'sec-fetch-site': 'same-origin' };
  return send<string | null>(suite.service.origin, method, path, method === 'POST' ? 'nickname=Mallory' : undefined, headers);
}

describe('on pages, a stranger with every id in hand', () => {
  it('finds pages to try', () => {
    expect(PAGES.length).toBeGreaterThan(8);
  });

  it.each(PAGES)('sees nothing and changes nothing: %s %s', async (method, path) => {
    const before = await known.read();
    const { circle, status, session, member, invite } = known;
    const foreign = { circle: circle.id, status, session, token: invite.id, invite: invite.id, person: member.person.id };
    const nobody = { circle: uuidv7(), status: uuidv7(), session: uuidv7(), token: uuidv7(), invite: uuidv7(), person: uuidv7() };
    for (const client of [stranger, null]) {
      const [met, unmet] = [await visit(client, method, fill(path, foreign)), await visit(client, method, fill(path, nobody))];
      expect(met.status).toBe(unmet.status);
      expect(met.status).not.toBe(200);
      expect(met.status).toBeLessThan(500);
      const text = `${met.body}${met.headers.get('location')}`;
      for (const name of [circle.name, 'Mum', 'Aki', 'school gym', 'Sendai']) expect(text).not.toContain(name);
    }
    expect(await known.read()).toBe(before);
  });

  it('is shown a circle by its members, so that the pages above are the right ones', async () => {
    const page = await visit(known.keeper, 'GET', `/circles/${known.circle.id}`);
    expect(page.status).toBe(200);
    expect(page.body).toContain('at the school gym');
  });
});
