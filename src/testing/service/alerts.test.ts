import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OwnStatus } from '../../contract/statuses.ts';
import { type Client, createCircle, createClient, joinAll, must, post, send } from '../client.ts';
import { type FakePushService, startFakePushService } from '../push-service.ts';
import { type Service, startService } from '../service.ts';
import { waitFor } from '../wait-for.ts';

describe('alerts', () => {
  let push: FakePushService;
  let service: Service;
  let mother: Client;
  let others: Client[];
  let endpoint: string;

  beforeAll(async () => {
    push = await startFakePushService();
    service = await startService({ env: { PUSH_ALLOWED_HOSTS: push.origin } });
    mother = await createClient(service, { nickname: '母', locale: 'ja' });
    others = await Promise.all(['あき', 'けん', 'ゆみ', 'りく', 'そら'].map((nickname) => createClient(service, { nickname })));
    const circle = await createCircle(mother, { name: '家族' });
    await joinAll(mother, circle, others);
    const subscription = push.subscribe('Asia/Tokyo');
    endpoint = subscription.endpoint;
    await must(mother, 204, 'PUT', '/v1/push/subscription', subscription);
  });

  afterAll(async () => {
    await service?.stop();
    await push?.close();
  });

  const told = (kind: string) => push.delivered(endpoint).filter(({ payload }) => payload.notification.data.kind === kind);

  it('join five quick OKs in one alert, in the language of its reader, and tell the authors how many it reached', async () => {
    // At once: what comes more than a second after the first is told by the next digest.
    const statuses = await Promise.all(others.map((client) => post(client, 'ok', { note: '秘密のメモ' })));
    await waitFor(() => told('digest').length > 0, { describe: 'a digest' });
    const [{ payload }] = told('digest') as [(typeof push.received)[number]];
    expect(payload.web_push).toBe(8030);
    expect(payload.notification.lang).toBe('ja');
    expect(payload.notification.body).toMatch(/\d{1,2}:\d{2}/);
    expect(payload.notification.title).toContain('無事');
    expect(JSON.stringify(payload)).not.toContain('秘密');
    for (const [index, client] of others.entries()) {
      await waitFor(
        async () => {
          const own = await must<OwnStatus>(client, 200, 'GET', `/v1/statuses/${statuses[index]?.id}`);
          return own.delivery?.alerted === 1;
        },
        { describe: 'alerted once' },
      );
    }
    expect(told('digest')).toHaveLength(1);
    expect(push.faults).toEqual([]);

    const deliveryOf = async (index: number) =>
      (await must<OwnStatus>(others[index] as Client, 200, 'GET', `/v1/statuses/${statuses[index]?.id}`)).delivery;
    const ids = payload.notification.data.statuses;
    expect(new Set(ids)).toEqual(new Set(statuses.map(({ id }) => id)));
    // Nobody but whoever was alerted can confirm; the answer does not tell who that is.
    await must(others[1] as Client, 204, 'POST', '/v1/push/reached', { ids });
    expect(await deliveryOf(0)).toMatchObject({ alerted: 1, reached: 0 });
    await must(mother, 204, 'POST', '/v1/push/reached', { ids });
    await must(mother, 204, 'POST', '/v1/push/reached', { ids });
    for (const index of others.keys()) expect(await deliveryOf(index)).toMatchObject({ alerted: 1, reached: 1 });
  });

  it('tell *help* at once though a digest is waiting, and never tell its author', async () => {
    await post(others[0] as Client, 'ok');
    const help = await post(others[1] as Client, 'help');
    await waitFor(() => told('help').length > 0, { describe: 'a help alert' });
    expect(told('help')).toHaveLength(1);
    expect(told('help')[0]?.payload.notification.title).toContain('けん');
    expect(told('digest')).toHaveLength(1);
    await must(others[1] as Client, 204, 'DELETE', `/v1/statuses/${help.id}`);
    await waitFor(() => told('withdrawn').length > 0, { describe: 'that help was withdrawn' });
    await post(mother, 'help');
    expect(told('help')).toHaveLength(1);
  });

  it('are refused for push services that nobody allowed', async () => {
    const subscription = { ...push.subscribe(), endpoint: 'https://169.254.169.254/latest' };
    const answer = await send(service.next('web'), 'PUT', '/v1/push/subscription', subscription, {
      authorization: `Bearer ${mother.token}`,
    });
    expect(answer.status).toBe(422);
  });
});
