import { describe, expect, it } from 'vitest';
import type { OwnStatus } from '../../contract/statuses.ts';
import { must, post, waitForBoard } from '../client.ts';
import { openLive } from '../live-client.ts';
import { useService } from '../use-service.ts';

const suite = useService();
const tight = useService({ env: { LIMITS_FOOTPRINTS: '2/600', LIMITS_REACHED: '2/600' } });

describe('footprints', () => {
  it('that a live page or a call leaves reach the author live, and nobody else', async () => {
    const [aki, mum, ken] = await suite.people('Aki', 'Mum', 'Ken');
    const circle = await suite.circle([mum, aki, ken]);
    const status = await post(aki, 'ok');
    await waitForBoard(mum, circle, aki.person.id, status.id);
    const [atAuthor, atMum] = [await openLive(suite.service.next('live'), aki), await openLive(suite.service.next('live'), mum)];
    atAuthor.send({ t: 'sync', positions: {}, own: true });
    await atAuthor.wait('synced');
    await atMum.sync();

    atMum.send({ t: 'footprints', circle: circle.id, statuses: [status.id] });
    await atAuthor.wait('footprint', ({ status: id, delivery }) => id === status.id && delivery.seen === 1);
    await must(ken, 204, 'POST', `/v1/circles/${circle.id}/footprints`, { statuses: [status.id] });
    await atAuthor.wait('footprint', ({ delivery }) => delivery.seen === 2);

    const own = await must<OwnStatus>(aki, 200, 'GET', `/v1/statuses/${status.id}`);
    expect(own.delivery?.seen).toBe(2);
    expect(own.seenBy?.map(({ nickname }) => nickname)).toEqual(['Mum', 'Ken']);
    expect(await must<OwnStatus>(mum, 200, 'GET', `/v1/statuses/${status.id}`)).not.toHaveProperty('seenBy');
    await atMum.sync();
    expect(atMum.frames.map(({ t }) => t)).not.toContain('footprint');
    expect(atAuthor.frames.map(({ t }) => t)).not.toContain('status');

    // Whoever was removed is on the list no longer, and leaves nothing more.
    await must(mum, 204, 'DELETE', `/v1/circles/${circle.id}/members/${ken.person.id}`);
    expect((await ken.call('POST', `/v1/circles/${circle.id}/footprints`, { statuses: [status.id] })).status).toBe(404);
    expect((await must<OwnStatus>(aki, 200, 'GET', `/v1/statuses/${status.id}`)).delivery?.seen).toBe(1);
  });

  it('are off at work', async () => {
    const [aki, mum] = await suite.people('Aki', 'Mum');
    const circle = await suite.circle([mum, aki], { kind: 'work' });
    expect(circle.footprints).toBe(false);
    const status = await post(aki, 'ok');
    await waitForBoard(mum, circle, aki.person.id, status.id);
    await must(mum, 204, 'POST', `/v1/circles/${circle.id}/footprints`, { statuses: [status.id] });
    expect((await must<OwnStatus>(aki, 200, 'GET', `/v1/statuses/${status.id}`)).delivery?.seen).toBe(0);
  });
});

describe('limits', () => {
  it('of footprints hold over both ways together', async () => {
    const [aki, mum, ken] = await tight.people('Aki', 'Mum', 'Ken');
    const circle = await tight.circle([mum, aki, ken]);
    const [first, second, third] = [await post(aki, 'ok'), await post(aki, 'ok'), await post(aki, 'ok')];
    await waitForBoard(mum, circle, aki.person.id, third.id);
    const [atAuthor, atMum] = [await openLive(tight.service.next('live'), aki), await openLive(tight.service.next('live'), mum)];
    await atAuthor.sync();
    await atMum.sync();
    const leave = (statuses: string[]) => mum.call('POST', `/v1/circles/${circle.id}/footprints`, { statuses });

    atMum.send({ t: 'footprints', circle: circle.id, statuses: [first.id] });
    await atAuthor.wait('footprint', ({ status }) => status === first.id);
    expect((await leave([second.id])).status).toBe(204);
    expect(await leave([third.id])).toMatchObject({ status: 429, body: { code: 'too-many-requests' } });
    atMum.send({ t: 'footprints', circle: circle.id, statuses: [third.id] });
    await atMum.sync();
    await must(ken, 204, 'POST', `/v1/circles/${circle.id}/footprints`, { statuses: [third.id] });
    // Told a second later with the figures of then: those of Ken alone.
    const { delivery } = await atAuthor.wait('footprint', ({ status }) => status === third.id);
    expect(delivery.seen).toBe(1);
  });

  it('of confirmations refuse a device that goes on and on', async () => {
    const aki = await tight.person('Aki');
    const report = () => aki.call('POST', '/v1/push/reached', { ids: [aki.person.id] });
    expect([await report(), await report()].map(({ status }) => status)).toEqual([204, 204]);
    expect(await report()).toMatchObject({ status: 429, body: { code: 'too-many-requests' } });
  });
});
