import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CLOSE } from '../contract/frames.ts';
import { readStayAway } from '../contract/stay-away.ts';
import { createBarrier, LiveClient } from '../testing/gateway-client.ts';
import { createWorld, type World } from '../testing/gateway-world.ts';
import { waitFor } from '../testing/wait-for.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld(inject('redisUrl'));
});
afterAll(() => world.close());

/** Sends the upgrade request by hand. @returns the HTTP answer */
async function refuse(port: number, headers: Record<string, string>, path = '/v1/live') {
  const request = httpRequest({
    port,
    path,
    headers: {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-key': Buffer.alloc(16).toString('base64'),
      'sec-websocket-version': '13',
      'sec-websocket-protocol': 'buji.v1',
      ...headers,
    },
  }).end();
  const [response] = await once(request, 'response');
  let text = '';
  for await (const chunk of response) text += chunk;
  return { status: response.statusCode, headers: response.headers, text };
}

describe('GET /v1/live', () => {
  it('refuses over HTTP, in the words of the contract', async () => {
    const running = await world.start();
    const { token } = await world.person();
    const signedIn = { authorization: `Bearer ${token}` };
    const refusals = [
      [await refuse(running.port, {}), 401, 'not-signed-in'],
      [await refuse(running.port, { authorization: 'Bearer nobody' }), 401, 'not-signed-in'],
      [await refuse(running.port, { ...signedIn, origin: 'https://elsewhere.example' }), 403, 'foreign-origin'],
      [await refuse(running.port, { ...signedIn, 'sec-websocket-protocol': 'chat, buji.v2' }), 400, 'invalid-request'],
      [await refuse(running.port, signedIn, '/v1/other'), 404, 'not-found'],
    ] as const;
    for (const [{ status, headers, text }, expectedStatus, code] of refusals) {
      expect([status, JSON.parse(text).code]).toEqual([expectedStatus, code]);
      expect(headers['content-type']).toMatch('application/problem+json');
      expect(JSON.parse(text).requestId).toBe(headers['x-request-id']);
    }
    expect((await refuse(running.port, { ...signedIn, 'sec-websocket-version': '7' })).status).toBe(400);
    expect(running.gateway.stats()).toEqual({ sockets: 0, circles: 0 });
  });

  it('answers 503 with Retry-After when it cannot ask who this is', async () => {
    const running = await world.start({ authenticate: () => Promise.reject(new Error('Command timed out')) });
    const { status, headers } = await refuse(running.port, {});
    expect(status).toBe(503);
    expect(Number(headers['retry-after'])).toBeGreaterThanOrEqual(3);
  });

  it('says hello at once, and nothing else before the first sync', async () => {
    const running = await world.start();
    const mika = await world.person();
    const circle = await world.circle(mika);
    const client = world.connect(running, mika);
    await client.hello();
    await world.publish(circle, 3);
    expect(client.frames).toMatchObject([{ t: 'hello', person: mika.id, circles: [{ id: circle }] }]);
    expect(client.ws.protocol).toBe('buji.v1');
    expect(running.gateway.stats()).toEqual({ sockets: 1, circles: 0 });
    await client.sync();
    expect(client.frames.map(({ t }) => t)).toEqual(['hello', 'board', 'synced']);
    expect(client.heads.get(circle)).toBe(4);
    expect(running.gateway.stats()).toEqual({ sockets: 1, circles: 1 });
  });

  it('takes a sync that came before hello', async () => {
    const running = await world.start();
    const mika = await world.person();
    await world.circle(mika);
    const client = world.connect(running, mika);
    await once(client.ws, 'open');
    client.send({ t: 'sync', positions: {} });
    await client.until(() => client.of('synced').length === 1);
    expect(client.frames.map(({ t }) => t)).toEqual(['hello', 'board', 'synced']);
  });

  it('closes a socket that does not sync in time, with 4002', async () => {
    const running = await world.start({ limits: { syncTurns: 2, turnMs: 20 } });
    const mika = await world.person();
    const client = world.connect(running, mika);
    expect(await client.closed).toBe(CLOSE.timeout);
  });

  it('cuts off a socket that answers no ping, and keeps one that does', async () => {
    const running = await world.start({ limits: { pingTurns: 2, turnMs: 20 } });
    const mika = await world.person();
    const alive = await world.follow(running, mika);
    let pings = 0;
    alive.ws.on('ping', () => {
      pings += 1;
    });
    const dead = await world.follow(running, mika);
    dead.ws.pause();
    await waitFor(() => running.counted.sockets === 1);
    await waitFor(() => pings >= 4);
    expect(alive.ws.readyState).toBe(alive.ws.OPEN);
  });

  it('closes the oldest socket of a session beyond the cap, with 4004', async () => {
    const running = await world.start({ limits: { socketsPerSessionMax: 2 } });
    const [mika, other] = [await world.person(), await world.person()];
    const first = await world.follow(running, mika);
    const second = await world.follow(running, mika);
    const strange = await world.follow(running, other);
    const third = await world.follow(running, mika);
    expect(await first.closed).toBe(CLOSE.tooMany);
    expect([second, third, strange].map(({ ws }) => ws.readyState)).toEqual([1, 1, 1]);
  });
});

describe('admission', () => {
  it('sends away whom it cannot take this second, with 4005 and for how long; strangers take no place', async () => {
    const running = await world.start({ limits: { connects: { points: 2, seconds: 40 } } });
    const [aki, mika] = [await world.person(), await world.person()];
    for (let count = 0; count < 3; count++) await refuse(running.port, { authorization: 'Bearer nobody' });
    await Promise.all([world.follow(running, aki), world.follow(running, mika)]);
    for (const seconds of [20, 40]) {
      const late = world.connect(running, mika);
      const [code, reason] = await once(late.ws, 'close');
      expect(code).toBe(CLOSE.stayAway);
      expect(readStayAway(code, String(reason))).toBe(seconds);
      expect(late.frames).toEqual([]);
    }
    expect(running.gateway.stats().sockets).toBe(2);
    await waitFor(() => running.counted.sockets === 2);
  });
});

describe('close', () => {
  it('says 4000 to everybody, takes nobody new, and leaves no subscription', async () => {
    const running = await world.start({ limits: { closeSpreadMs: 200 } });
    const people = await Promise.all(Array.from({ length: 9 }, () => world.person()));
    const [first, ...others] = people;
    if (!first) throw new Error('nobody');
    const circle = await world.circle(first, ...others);
    const clients = await Promise.all(people.map((somebody) => world.follow(running, somebody)));
    const closing = running.gateway.close();
    expect((await refuse(running.port, { authorization: `Bearer ${first.token}` })).status).toBe(503);
    expect(await Promise.all(clients.map(({ closed }) => closed))).toEqual(Array(9).fill(CLOSE.goingAway));
    await closing;
    expect(running.counted.sockets).toBe(0);
    expect(running.gateway.stats()).toEqual({ sockets: 0, circles: 0 });
    await waitFor(
      async () => (await world.redis.pubsub('NUMSUB', world.keys.circle.channel(circle), world.keys.control))[1] === 0,
    );
    expect(await world.redis.publish(world.keys.circle.channel(circle), 'x')).toBe(0);
  });

  it('is bounded in time when a client does not answer', async () => {
    const running = await world.start({ limits: { closeGraceMs: 100 } });
    const client = await world.follow(running, await world.person());
    client.ws.pause();
    await running.gateway.close();
    expect(running.sockets.every(({ destroyed }) => destroyed)).toBe(true);
  });

  it('refuses whoever was just being asked who they are', async () => {
    const barrier = createBarrier();
    const running = await world.start({
      authenticate: async () => {
        await barrier.wait();
        return { person: 'p', session: 's' };
      },
    });
    const answer = refuse(running.port, {});
    await barrier.reached;
    const closing = running.gateway.close();
    barrier.release();
    expect((await answer).status).toBe(503);
    await closing;
  });
});

it('a client that leaves during the handshake leaves nothing behind', async () => {
  const barrier = createBarrier();
  const mika = await world.person();
  const running = await world.start({
    authenticate: async () => {
      await barrier.wait();
      return { person: mika.id, session: mika.session };
    },
  });
  const client = new LiveClient(running.port, {});
  await barrier.reached;
  client.ws.terminate();
  barrier.release();
  await waitFor(() => running.sockets[0]?.destroyed);
  expect(running.gateway.stats().sockets).toBe(0);
});
