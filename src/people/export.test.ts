import { uuidv7 } from 'uuidv7';
import { afterAll, expect, it } from 'vitest';
import { OWN_FOOTPRINTS_MAX } from '../contract/limits.ts';
import { orderKeyOf } from '../store/order-key.ts';
import { openApiWorld } from '../testing/api-world.ts';

const world = await openApiWorld('export');
const tight = await openApiWorld('export-tight', { points: 2 });
afterAll(() => Promise.all([world.close(), tight.close()]));

it('GET /v1/me/export gives all that is stored about oneself, and nothing of anybody else', async () => {
  const mum = await world.register({ nickname: 'Mum-of-the-hill' });
  const ken = await world.register({ nickname: 'Ken' });
  const circle = (await mum.call('POST', '/v1/circles', { name: 'Family', kind: 'family' })).body;
  await mum.call('PATCH', `/v1/circles/${circle.id}`, { invites: 'members' });
  const invite = (await mum.call('POST', `/v1/circles/${circle.id}/invites`, {})).body;
  await ken.call('POST', `/v1/invites/${invite.token}/accept`, { nickname: 'Kenny' });
  await ken.call('PATCH', `/v1/circles/${circle.id}/members/${ken.id}`, { alerts: 'help-only', footprints: false });
  const own = (await ken.call('POST', `/v1/circles/${circle.id}/invites`, { maxUses: 3 })).body;
  const posted = { id: uuidv7(), condition: 'evacuated', note: 'in the gym', place: 'Sendai' };
  const retracted = { id: uuidv7(), condition: 'help', note: 'no longer' };
  for (const status of [posted, retracted]) expect((await ken.call('POST', '/v1/statuses', status)).status).toBe(202);
  await ken.call('DELETE', `/v1/statuses/${retracted.id}`);
  await mum.call('POST', '/v1/statuses', { id: posted.id, condition: 'ok', note: 'taken id' });
  await mum.call('POST', '/v1/statuses', { id: uuidv7(), condition: 'ok', note: 'the words of Mum' });
  await world.fanOut();
  const [session = ''] = (await ken.call('GET', '/v1/sessions')).body.sessions.map(({ id }: { id: string }) => id);
  await world.stores.pushSubscriptions.put(ken.id, session, {
    endpoint: 'https://push.example.net/secret-of-the-endpoint',
    keys: { p256dh: 'secret-key', auth: 'secret-auth' },
    provider: 'other',
    origin: 'https://buji.example',
    timeZone: 'Pacific/Auckland',
  });

  const { status, headers, body } = await ken.call('GET', '/v1/me/export');
  expect(status).toBe(200);
  expect(headers['content-disposition']).toMatch(/^attachment; filename="buji-\d{4}-\d\d-\d\d\.json"$/);
  expect(headers['cache-control']).toBe('no-store');
  expect(body.person).toMatchObject({ id: ken.id, nickname: 'Ken' });
  expect(body.circles).toMatchObject([
    {
      circle: { id: circle.id, name: 'Family' },
      member: { id: ken.id, nickname: 'Kenny' },
      alerts: 'help-only',
      footprints: false,
    },
  ]);
  expect(body.statuses).toMatchObject([
    { id: retracted.id, condition: 'help', retracted: true },
    { ...posted, circles: [circle.id] },
  ]);
  expect(body.invites).toMatchObject([{ id: own.id, circle: circle.id, maxUses: 3, uses: 0 }]);
  expect(body.devices).toMatchObject([
    { id: session, current: true, pushService: 'push.example.net', timeZone: 'Pacific/Auckland' },
  ]);
  const text = JSON.stringify(body);
  for (const foreign of ['Mum', mum.id, 'words of', 'taken id', 'no longer', 'secret', ken.token, ken.recoveryCode, own.token])
    expect(text).not.toContain(foreign);
});

it('counts who has seen a status, and names nobody', async () => {
  const ken = await world.register({ nickname: 'Ken' });
  const circle = (await ken.call('POST', '/v1/circles', { name: 'Family', kind: 'family' })).body;
  const { token } = (await ken.call('POST', `/v1/circles/${circle.id}/invites`, {})).body;
  const mum = await world.register({ nickname: 'Mum-of-the-hill', invite: token });
  const status = uuidv7();
  await ken.call('POST', '/v1/statuses', { id: status, condition: 'ok' });
  await world.fanOut();
  const seen = await mum.call('POST', `/v1/circles/${circle.id}/footprints`, { statuses: [status] });
  expect(seen.status).toBe(204);
  const { body } = await ken.call('GET', '/v1/me/export');
  expect(body.statuses).toMatchObject([{ id: status, seen: 1 }]);
  expect(body.circles).toMatchObject([{ footprints: true }]);
  expect(JSON.stringify(body)).not.toContain(mum.id);
});

it('lists what oneself has seen, the newest first, and says nothing of it', async () => {
  const ken = await world.register({ nickname: 'Ken-of-the-sea' });
  const seen: { circle: string; status: string }[] = [];
  const mum = await world.register({ nickname: 'Mum' });
  for (const name of ['Family', 'Class']) {
    const circle = (await ken.call('POST', '/v1/circles', { name, kind: 'friends' })).body;
    const { token } = (await ken.call('POST', `/v1/circles/${circle.id}/invites`, {})).body;
    await mum.call('POST', `/v1/invites/${token}/accept`, {});
    const status = uuidv7();
    await ken.call('POST', '/v1/statuses', { id: status, condition: 'help', note: 'only for eyes', circles: [circle.id] });
    await world.fanOut();
    seen.push({ circle: circle.id, status });
  }
  // Looked at in the other order than they were sent.
  for (const { circle, status } of seen.toReversed()) {
    world.clock.now = new Date(world.clock.now.getTime() + 1_000);
    await mum.call('POST', `/v1/circles/${circle}/footprints`, { statuses: [status] });
  }
  const { body } = await mum.call('GET', '/v1/me/export');
  expect(body.footprints).toMatchObject(seen);
  expect(body.footprints[0].seenAt).toBe(world.clock.now.toISOString());
  for (const foreign of ['Ken-of', ken.id, 'only for eyes']) expect(JSON.stringify(body)).not.toContain(foreign);
  expect((await ken.call('GET', '/v1/me/export')).body.footprints).toEqual([]);
});

it('gives the newest of very many footprints', async () => {
  const { redis, keys } = world;
  const ken = await world.register();
  const circle = (await ken.call('POST', '/v1/circles', { name: 'Family', kind: 'family' })).body.id;
  const [older = '', ...newest] = Array.from({ length: OWN_FOOTPRINTS_MAX + 1 }, () => uuidv7());
  const batch = redis.pipeline().hset(keys.circle.board(circle), 'mum', 'a row');
  for (const id of [older, ...newest]) {
    const writtenAt = new Date(0).toISOString();
    batch.zadd(keys.circle.history(circle, 'mum'), 0, orderKeyOf({ id, writtenAt, acceptedAt: writtenAt }));
    batch.zadd(keys.circle.seen(circle, id), id === older ? 1 : 2, ken.id);
  }
  await batch.exec();
  const left = (await ken.call('GET', '/v1/me/export')).body.footprints as { status: string }[];
  expect(new Set(left.map(({ status }) => status))).toEqual(new Set(newest));
});

it('is for who is signed in, and not asked for over and over', async () => {
  expect((await world.call('GET', '/v1/me/export')).body.code).toBe('not-signed-in');
  const eager = await tight.register();
  const statuses = [];
  for (let turn = 0; turn < 3; turn++) statuses.push((await eager.call('GET', '/v1/me/export')).status);
  expect(statuses).toEqual([200, 200, 429]);
});
