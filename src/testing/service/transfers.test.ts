import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Export } from '../../contract/export.ts';
import type { NewTransferCode } from '../../contract/people.ts';
import { type Client, must, toClient } from '../client.ts';
import { createKnownCircle } from '../known-circle.ts';
import { type FakePushService, startFakePushService } from '../push-service.ts';
import { useService } from '../use-service.ts';
import { waitFor } from '../wait-for.ts';

const push: FakePushService = await startFakePushService();
const suite = useService({ env: { PUSH_ALLOWED_HOSTS: push.origin } });
afterAll(() => push.close());

let client: Client;
beforeAll(async () => {
  client = await suite.person('Mum', { locale: 'en' });
});
const makeCode = () => must<NewTransferCode>(client, 201, 'POST', '/v1/transfer-codes');
const signIn = (transferCode: string) =>
  suite.ask<{ token: string; recoveryCode: null; person: { id: string } }>('POST', '/v1/sessions', { transferCode });
const countDevices = async () => (await must<{ devices: unknown[] }>(client, 200, 'GET', '/v1/me')).devices.length;

describe('a transfer code', () => {
  it('signs another browser in once, with every process asked at once, and leaves all sessions as they are', async () => {
    const { code, url } = await makeCode();
    const before = await countDevices();
    const answers = await Promise.all(Array.from({ length: 12 }, () => signIn(code)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(11).fill(401)]);
    const { body } = answers.find(({ status }) => status === 201) as (typeof answers)[number];
    expect(body).toMatchObject({ person: client.person, recoveryCode: null });
    expect(await countDevices()).toBe(before + 1);
    expect((await suite.ask('GET', '/v1/me', undefined, { authorization: `Bearer ${body.token}` })).status).toBe(200);
    expect(new URL(url).pathname).toBe(`/move/${code}`);
  });

  it('tells every other device of the new one', async () => {
    const phone = push.subscribe('Asia/Tokyo');
    await must(client, 204, 'PUT', '/v1/push/subscription', phone);
    expect((await signIn((await makeCode()).code)).status).toBe(201);
    const told = () => push.delivered(phone.endpoint).filter(({ payload }) => payload.notification.data.kind === 'device');
    await waitFor(() => told().length > 0, { describe: 'the alert of a new device' });
    expect(told()[0]?.payload.notification.title).toBe('A new device has signed in as you');
    // Also where there are no alerts: on the pages, until it was acknowledged on that device.
    const phoneOfHers = toClient(suite.service, client);
    const home = async () => (await phoneOfHers.call<string>('GET', '/')).body;
    expect(await home()).toContain('A new device has signed in as you');
    const settings = (await phoneOfHers.call<string>('GET', '/settings')).body;
    const newest = /name="newest" value="([^"]+)"/.exec(settings)?.[1];
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await phoneOfHers.call('POST', '/devices/known', `newest=${newest}`, form)).status).toBe(303);
    expect(await home()).not.toContain('A new device has signed in as you');
  });

  it('is not its hash', async () => {
    const { code } = await makeCode();
    const plain = createHash('sha256').update(code.replaceAll('-', ''));
    for (const hash of [plain.copy().digest('hex'), plain.digest('base64url')])
      expect(await signIn(hash)).toMatchObject({ status: 401, body: { code: 'code-not-valid' } });
    expect((await signIn(code)).status).toBe(201);
  });
});

describe('GET /v1/me/export', () => {
  it('holds the own words and nobody else’s', async () => {
    const { keeper, member, status, circle } = await createKnownCircle(suite);
    const own = await must<Export>(member, 200, 'GET', '/v1/me/export');
    expect(own.statuses).toMatchObject([{ id: status, note: 'at the school gym', place: 'Sendai, Aoba', circles: [circle.id] }]);
    expect(JSON.stringify(own)).not.toContain(keeper.person.id);
    const other = JSON.stringify(await must<Export>(keeper, 200, 'GET', '/v1/me/export'));
    for (const foreign of ['at the school gym', 'Sendai', 'Aki', member.person.id]) expect(other).not.toContain(foreign);
  });
});
