import { beforeAll, describe, expect, it } from 'vitest';
import { MAX_BODY_BYTES } from '../../contract/limits.ts';
import type { Client } from '../client.ts';
import { openLive, refusedLive } from '../live-client.ts';
import { useService } from '../use-service.ts';

const suite = useService({ env: { LIMITS_LIVE_FRAMES: '60/12' } });
let aki: Client;
beforeAll(async () => {
  aki = await suite.person();
  await suite.circle([aki]);
});
const cookieOf = (client: Client) => ({ cookie: `session=${client.token}` });

describe('the handshake of GET /v1/live', () => {
  it('takes a Bearer token, from wherever', async () => {
    for (const headers of [{}, { origin: 'https://elsewhere.example' }]) {
      const live = await openLive(suite.service.next('live'), aki, { headers });
      expect(live.list('hello')).toMatchObject([{ person: aki.person.id, circles: [{ position: expect.any(String) }] }]);
      live.close();
    }
  });

  it('takes the cookie from a page of our own', async () => {
    const origin = suite.service.next('live');
    const live = await openLive(origin, null, { headers: { ...cookieOf(aki), origin } });
    expect(live.list('hello')[0]?.person).toBe(aki.person.id);
    live.close();
  });

  it.each([
    ['a foreign Origin', { origin: 'https://evil.example' }],
    ['the null Origin', { origin: 'null' }],
    ['no Origin', {}],
    ['another port', { origin: 'http://127.0.0.1:1' }],
    ['Sec-Fetch-Site: same-site', { 'sec-fetch-site': 'same-site' }],
  ])('refuses the cookie with %s', async (_name, headers: Record<string, string>) => {
    const answer = await refusedLive(suite.service.next('live'), null, { headers: { ...cookieOf(aki), ...headers } });
    expect(answer).toMatchObject({ status: 403, body: { code: 'foreign-origin' } });
  });

  it.each([
    ['nobody', {}],
    ['a stale cookie', { cookie: 'session=abcdefghijklmnopqrstuvwxyzabcdefghijklmnopq' }],
    ['a made-up token', { authorization: 'Bearer abcdefghijklmnopqrstuvwxyzabcdefghijklmnopq' }],
  ])('refuses %s', async (_name, headers: Record<string, string>) => {
    const origin = suite.service.next('live');
    const answer = await refusedLive(origin, null, { headers: { origin, ...headers } });
    expect(answer).toMatchObject({ status: 401, body: { code: 'not-signed-in' } });
  });

  it('refuses another subprotocol, and none', async () => {
    for (const protocol of ['buji.v2', '']) {
      expect(await refusedLive(suite.service.next('live'), aki, { protocol })).toMatchObject({
        status: 400,
        body: { code: 'invalid-request' },
      });
    }
  });
});

describe('a frame of a client', () => {
  it.each([
    ['text that is no JSON', 'hello'],
    ['JSON that is no frame', '[]'],
    ['a kind that there is not', '{"t":"post"}'],
    ['an unknown field', '{"t":"sync","positions":{},"extra":1}'],
    ['no positions', '{"t":"sync"}'],
    ['a circle that is none', '{"t":"sync","positions":{"everybody":""}}'],
    ['a position that is none', '{"t":"sync","positions":{"01900000-0000-7000-8000-000000000000":"7"}}'],
    ['bytes', Buffer.from([1, 2, 3])],
    ['nothing', ''],
  ])('closes the socket for good when it is %s', async (_name, frame) => {
    const live = await openLive(suite.service.next('live'), aki);
    live.send(frame);
    expect(await live.closed).toBe(4500);
  });

  it('closes the socket when it is over 4 KiB', async () => {
    const live = await openLive(suite.service.next('live'), aki);
    live.send(`{"t":"sync","positions":{}}${' '.repeat(MAX_BODY_BYTES)}`);
    expect(await live.closed).toBe(1009);
  });

  it('closes the socket when it is one of very many', async () => {
    const live = await openLive(suite.service.next('live'), aki);
    for (let count = 0; count < 200; count++) live.send({ t: 'visible', value: true });
    expect(await live.closed).toBe(4004);
  });

  it('may say whether the page is visible', async () => {
    const live = await openLive(suite.service.next('live'), aki);
    live.send({ t: 'visible', value: false });
    await live.sync();
    expect(live.frames.map(({ t }) => t)).toEqual(['hello', 'board', 'synced']);
    live.close();
  });
});
