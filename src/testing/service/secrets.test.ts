import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCircle, createClient, joinAll, must, post, send, waitForBoard } from '../client.ts';
import { openLive, refusedLive } from '../live-client.ts';
import { type PrivateRedis, startPrivateRedis } from '../private-redis.ts';
import { createPushReceiver } from '../push-receiver.ts';
import { type FakePushService, startFakePushService } from '../push-service.ts';
import { type Service, startService } from '../service.ts';
import { waitFor } from '../wait-for.ts';

/** What must never stand in a log line, a metric or an answer to somebody else; the scenario below puts each of them in. */
const secrets = new Map<string, string>();
const secret = (what: string, text: string): string => {
  secrets.set(what, text);
  return text;
};

let redis: PrivateRedis;
let service: Service;
let pushService: FakePushService;
beforeAll(async () => {
  pushService = await startFakePushService();
  redis = await startPrivateRedis();
  service = await startService({ redisUrl: redis.url, env: { LOG_LEVEL: 'trace', PUSH_ALLOWED_HOSTS: pushService.origin } });
  await live();
}, 120_000);
afterAll(async () => {
  await service?.stop();
  await pushService?.close();
  await redis?.remove();
});

/** A day in the life of a family, with everything that may go wrong on the way. */
async function live(): Promise<void> {
  const nickname = secret('a nickname', 'Akiko-of-the-hill');
  const [mum, aki] = [await createClient(service, { nickname: 'Mum' }), await createClient(service, { nickname })];
  const circle = await createCircle(mum, { name: secret('the name of a circle', 'Family-at-the-river') });
  const invite = await joinAll(mum, circle, [aki]);
  secret('an invite token', invite.token);
  for (const [who, client] of Object.entries({ mum, aki })) {
    secret(`${who}'s token`, client.token);
    secret(`${who}'s recovery code`, client.recoveryCode);
  }
  secret("the operator's token", service.operatorToken);
  const subscription = pushService.subscribe('Asia/Tokyo');
  secret('a push endpoint', new URL(subscription.endpoint).pathname);
  secret('a push key', subscription.keys.p256dh);
  secret('a push auth secret', subscription.keys.auth);
  await must(mum, 204, 'PUT', '/v1/push/subscription', subscription);
  await must(mum, 202, 'POST', '/v1/push/test');

  const socket = await openLive(service.next('live'), mum);
  await socket.sync();
  const note = secret('a note', 'under-the-kitchen-table');
  const place = secret('a place', 'Aoba-1-2-3-Sendai');
  const status = await post(aki, 'help', { note, place });
  await waitForBoard(mum, circle, aki.person.id, status.id);
  await socket.wait('status');
  await must(aki, 202, 'POST', '/v1/statuses', status);
  await waitFor(() => pushService.delivered().length >= 2);
  pushService.behave('reset');
  await post(aki, 'help', { note, place });
  await waitFor(() => pushService.received.length >= 3);
  pushService.behave(410);
  await must(aki, 204, 'DELETE', `/v1/statuses/${status.id}`);
  socket.send(secret('what a client sent', '{"nonsense":"from-the-socket"}'));
  await socket.closed;

  await misbehave(aki.token, invite.token);
  const answer = await send<{ token: string; recoveryCode: string }>(service.next('web'), 'POST', '/v1/sessions', {
    recoveryCode: mum.recoveryCode,
  });
  secret('a second token', answer.body.token);
  secret('a replaced recovery code', answer.body.recoveryCode);
  const transfer = await must<{ code: string }>(aki, 201, 'POST', '/v1/transfer-codes');
  secret('a transfer code', transfer.code);
  for (const method of ['GET', 'POST']) {
    const form = method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {};
    await send(service.next('web'), method, `/move/${transfer.code}`, undefined, { accept: 'text/html', ...form });
  }
  await send(service.next('web'), 'POST', '/v1/sessions', {
    transferCode: secret('a code that is none', 'NONE-AT-ALL-XXXX-1234'),
  });

  await must(aki, 204, 'DELETE', '/v1/me');
}

/** Requests that are refused, with secrets in every corner. */
async function misbehave(token: string, inviteToken: string): Promise<void> {
  const ask = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    send(service.next('web'), method, path, body, headers);
  const bearer = { authorization: `Bearer ${token}` };
  const word = secret('a word in a refused request', 'refused-but-not-logged');
  await ask('GET', `/v1/invites/${inviteToken}?q=${word}`, undefined, bearer);
  await ask('GET', `/v1/invites/${inviteToken}/${word}`);
  await ask('GET', `/${word}?token=${token}`, undefined, {
    cookie: `session=${token}`,
    referer: `http://x/${word}`,
    'user-agent': word,
  });
  await ask('POST', '/v1/statuses', `{"note":"${word}`, bearer);
  await ask('POST', '/v1/statuses', { id: word, note: word, [word]: word }, bearer);
  await ask('POST', '/v1/statuses', { id: uuidv7(), condition: 'ok', note: word.repeat(300) }, bearer);
  await ask('POST', '/v1/sessions', { recoveryCode: `${word}-${word}` });
  await ask('POST', '/v1/people', { nickname: 'Ken', invite: word.padEnd(43, 'x') });
  await ask('PUT', '/v1/push/subscription', { endpoint: `https://127.0.0.1/${word}`, keys: createPushReceiver().keys }, bearer);
  await ask('GET', `/v1/%${word}`);
  await ask('POST', '/v1/statuses', {}, { cookie: `session=${token}`, origin: `https://${word}.example` });
  await refusedLive(service.next('live'), null, { headers: { authorization: `Bearer ${word.padEnd(43, 'x')}` } });
}

describe('no secret stands', () => {
  it('in what is searched here, unless it is really there', () => {
    expect(secrets.size).toBeGreaterThan(14);
    for (const [what, text] of secrets) expect(text.length, what).toBeGreaterThan(10);
  });

  it('in any log line, whatever the level', () => {
    const lines = service.processes.flatMap((process) => process.lines);
    expect(lines.some((line) => line.includes('"route":"/v1/invites/:token"'))).toBe(true);
    for (const [what, text] of secrets) expect(findIn(lines, text), what).toEqual([]);
  });

  it('in the metrics', async () => {
    for (const { origin } of service.processes) {
      const { status, body } = await send<string>(origin, 'GET', '/metrics', undefined, {
        authorization: `Bearer ${service.operatorToken}`,
      });
      expect(status).toBe(200);
      expect(body).toContain('buji_');
      for (const [what, text] of secrets) expect(findIn(body.split('\n'), text), what).toEqual([]);
    }
  });
});

/** Lines with the text in them, as it is or percent-encoded. */
function findIn(lines: string[], text: string): string[] {
  return lines.filter((line) => line.includes(text) || line.includes(encodeURIComponent(text)));
}

describe('what signs somebody in', () => {
  it('never reaches the disk of Redis but as a hash', () => {
    const folder = join(redis.url.replace('unix://', ''), '../appendonlydir');
    const written = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'));
    expect(findIn(written, 'Akiko-of-the-hill')).not.toEqual([]);
    const keys = [...secrets].filter(([what]) => /token|code/.test(what));
    expect(keys.length).toBeGreaterThan(8);
    for (const [what, text] of keys) {
      // Typed codes are hashed without their hyphens.
      for (const form of [text, text.replaceAll('-', '')]) expect(findIn(written, form), what).toEqual([]);
    }
  });
});

describe('GET /metrics', () => {
  it('is not there without the token of the operator', async () => {
    for (const { origin } of service.processes) {
      for (const headers of [{}, { authorization: 'Bearer wrong-token-of-operator' }, { authorization: service.operatorToken }]) {
        expect(await send(origin, 'GET', '/metrics', undefined, headers as Record<string, string>)).toMatchObject({
          status: 404,
          body: { code: 'not-found' },
        });
      }
    }
  });

  it('counts what was done', async () => {
    const pages = await Promise.all(
      service.processes.map(({ origin }) =>
        send<string>(origin, 'GET', '/metrics', undefined, { authorization: `Bearer ${service.operatorToken}` }),
      ),
    );
    const sum = (series: string) =>
      pages.reduce((total, { body }) => total + Number(new RegExp(`^${series} (\\d+)`, 'm').exec(body)?.[1] ?? 0), 0);
    expect(sum('buji_statuses_accepted_total\\{lane="help"\\}')).toBe(2);
    expect(sum('buji_accept_seconds_count')).toBeGreaterThanOrEqual(2);
    expect(sum('buji_fanout_seconds_count\\{lane="help"\\}')).toBeGreaterThanOrEqual(2);
    expect(sum('buji_delivery_seconds_count')).toBeGreaterThanOrEqual(1);
    expect(sum('buji_push_outcomes_total\\{provider="other",outcome="delivered"\\}')).toBeGreaterThanOrEqual(2);
    expect(sum('buji_redis_readable')).toBe(service.processes.length);
  });
});
