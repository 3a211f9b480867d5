import { uuidv7 } from 'uuidv7';
import { describe, expect, it } from 'vitest';
import { NOTE_MAX, PLACE_MAX } from '../../contract/limits.ts';
import type { OwnStatus, PostStatus, Receipt, Status } from '../../contract/statuses.ts';
import { type Client, must, post, readBoard, waitForBoard } from '../client.ts';
import { useService } from '../use-service.ts';
import { waitFor } from '../wait-for.ts';

const suite = useService();
const postFor = (client: Client, status: Partial<PostStatus>) =>
  must<Receipt>(client, 202, 'POST', '/v1/statuses', { id: uuidv7(), condition: 'ok', ...status });
const rowOf = async (reader: Client, circle: { id: string }, author: Client) =>
  (
    await must<{ members: { member: { id: string }; status: Status | null }[] }>(
      reader,
      200,
      'GET',
      `/v1/circles/${circle.id}/board`,
    )
  ).members.find(({ member }) => member.id === author.person.id)?.status;

describe('POST /v1/statuses', () => {
  it('answers with a receipt that names every circle, and the boards show the words unchanged', async () => {
    const [aki, mum] = await suite.people('Aki', 'Mum');
    const circles = [await suite.circle([mum, aki]), await suite.circle([aki, mum], { kind: 'friends' })];
    const note = `${'👨‍👩‍👧'.repeat(20)}\n${'無'.repeat(NOTE_MAX - 101)}`;
    expect([...note]).toHaveLength(NOTE_MAX);
    const status = { id: uuidv7(), condition: 'evacuated' as const, note, place: '仙'.repeat(PLACE_MAX) };
    const before = Date.now();
    const receipt = await postFor(aki, status);
    expect(receipt).toEqual({
      id: status.id,
      acceptedAt: expect.any(String),
      writtenAt: receipt.acceptedAt,
      circles: expect.arrayContaining(circles.map(({ id }) => id)),
    });
    expect(receipt.circles).toHaveLength(2);
    expect(Date.parse(receipt.acceptedAt)).toBeGreaterThanOrEqual(before);
    expect(Date.parse(receipt.acceptedAt)).toBeLessThanOrEqual(Date.now());
    for (const circle of circles) {
      await waitForBoard(mum, circle, aki.person.id, status.id);
      const shown = await rowOf(mum, circle, aki);
      const { acceptedAt, writtenAt } = receipt;
      expect(shown).toEqual({
        ...status,
        author: expect.objectContaining({ id: aki.person.id, nickname: 'Aki' }),
        acceptedAt,
        writtenAt,
      });
      expect(await must(mum, 200, 'GET', `/v1/statuses/${status.id}`)).toEqual({
        ...shown,
        author: expect.objectContaining({ id: aki.person.id }),
      });
    }
  });

  it('answers the first receipt when it is sent again, whatever is in it then', async () => {
    const [aki, mum] = await suite.people('Aki', 'Mum');
    const circle = await suite.circle([mum, aki]);
    const status = { id: uuidv7(), condition: 'hurt' as const, note: 'my leg' };
    const first = await postFor(aki, status);
    await waitForBoard(mum, circle, aki.person.id, status.id);
    for (const again of [
      status,
      { ...status, condition: 'ok' as const, note: 'never mind' },
      { id: status.id, circles: [uuidv7()] },
    ]) {
      expect(await postFor(aki, again)).toEqual(first);
    }
    expect(await rowOf(mum, circle, aki)).toMatchObject(status);
    const { events } = await must<{ events: unknown[] }>(mum, 200, 'GET', `/v1/circles/${circle.id}/feed`);
    expect(events.filter((event) => JSON.stringify(event).includes(status.id))).toHaveLength(1);
  });

  it('exists once when it is sent twenty times at once', async () => {
    const [aki, mum] = await suite.people('Aki', 'Mum');
    const circle = await suite.circle([mum, aki]);
    const id = uuidv7();
    const receipts = await Promise.all(Array.from({ length: 20 }, () => postFor(aki, { id })));
    expect(new Set(receipts.map((receipt) => JSON.stringify(receipt)))).toHaveProperty('size', 1);
    await waitForBoard(mum, circle, aki.person.id, id);
    const later = await post(aki, 'ok');
    await waitForBoard(mum, circle, aki.person.id, later.id);
    const { events } = await must<{ events: { t: string }[] }>(mum, 200, 'GET', `/v1/circles/${circle.id}/feed`);
    expect(events.filter(({ t }) => t === 'status')).toHaveLength(2);
  });

  it("refuses another person's id", async () => {
    const [aki, ken] = await suite.people('Aki', 'Ken');
    const circle = await suite.circle([aki, ken]);
    const status = await post(aki, 'ok', { note: 'mine' });
    expect(await ken.call('POST', '/v1/statuses', { id: status.id, condition: 'help' })).toMatchObject({
      status: 409,
      body: { code: 'id-taken' },
    });
    await waitForBoard(ken, circle, aki.person.id, status.id);
    expect(await rowOf(ken, circle, ken)).toBeNull();
    expect(await must(aki, 200, 'GET', `/v1/statuses/${status.id}`)).toMatchObject({ note: 'mine', condition: 'ok' });
  });

  it('goes only where it was sent', async () => {
    const [aki, mum] = await suite.people('Aki', 'Mum');
    const [chosen, other] = [await suite.circle([mum, aki]), await suite.circle([mum, aki])];
    const gone = await suite.circle([mum]);
    const receipt = await postFor(aki, { circles: [gone.id, chosen.id, uuidv7()] });
    expect(receipt.circles).toEqual([chosen.id]);
    const toBoth = await post(aki, 'ok');
    await waitForBoard(mum, other, aki.person.id, toBoth.id);
    const { statuses } = await must<{ statuses: Status[] }>(
      mum,
      200,
      'GET',
      `/v1/circles/${other.id}/members/${aki.person.id}/statuses`,
    );
    expect(statuses.map(({ id }) => id)).toEqual([toBoth.id]);
  });

  it('is refused when there is nobody to show it to', async () => {
    const [aki, mum] = await suite.people('Aki', 'Mum');
    const foreign = await suite.circle([mum]);
    const status = { id: uuidv7(), condition: 'ok' };
    expect(await aki.call('POST', '/v1/statuses', status)).toMatchObject({ status: 409, body: { code: 'no-circle' } });
    expect(await aki.call('POST', '/v1/statuses', { ...status, circles: [foreign.id] })).toMatchObject({ status: 404 });
    await suite.circle([aki]);
    expect(await aki.call('POST', '/v1/statuses', { ...status, circles: [foreign.id] })).toMatchObject({ status: 404 });
    expect(await aki.call('POST', '/v1/statuses', { ...status, circles: [] })).toMatchObject({ status: 404 });
    await must(aki, 404, 'GET', `/v1/statuses/${status.id}`);
    await postFor(aki, { id: status.id });
  });

  it('tells its author how far it has come', async () => {
    const [aki, mum] = await suite.people('Aki', 'Mum');
    const circles = [await suite.circle([mum, aki]), await suite.circle([mum, aki])];
    const { id } = await post(aki, 'ok');
    const own = await waitFor(async () => {
      const status = await must<OwnStatus>(aki, 200, 'GET', `/v1/statuses/${id}`);
      return status.delivery?.boards === 2 && status;
    });
    expect(own.delivery).toMatchObject({ boards: 2, alerted: 0 });
    expect(new Set(own.circles)).toEqual(new Set(circles.map((circle) => circle.id)));
    const seen = await must<OwnStatus>(mum, 200, 'GET', `/v1/statuses/${id}`);
    expect(seen).not.toHaveProperty('delivery');
    expect(seen).not.toHaveProperty('circles');
  });
});

describe('a place', () => {
  it('is shown to family and friends, and nowhere else', async () => {
    const [aki, mum] = await suite.people('Aki', 'Mum');
    const kinds = ['family', 'friends', 'work', 'neighbours'] as const;
    const circles = await Promise.all(kinds.map((kind) => suite.circle([aki, mum], { kind })));
    const { id } = await post(aki, 'ok', { place: 'Sendai, Aoba' });
    for (const [index, circle] of circles.entries()) {
      await waitForBoard(mum, circle, aki.person.id, id);
      expect((await rowOf(mum, circle, aki))?.place, kinds[index]).toBe(index < 2 ? 'Sendai, Aoba' : undefined);
      const { events } = await must<{ events: unknown[] }>(mum, 200, 'GET', `/v1/circles/${circle.id}/feed`);
      expect(JSON.stringify(events).includes('Sendai'), kinds[index]).toBe(index < 2);
    }
    expect(await must(aki, 200, 'GET', `/v1/statuses/${id}`)).toMatchObject({ place: 'Sendai, Aoba' });
  });

  it('is shown where it was chosen, and only there', async () => {
    const [aki, mum] = await suite.people('Aki', 'Mum');
    const [family, work] = await Promise.all([suite.circle([aki, mum]), suite.circle([aki, mum], { kind: 'work' })]);
    const toWork = await post(aki, 'ok', { place: 'Sendai, Aoba', placeCircles: [work.id] });
    await waitForBoard(mum, work, aki.person.id, toWork.id);
    await waitForBoard(mum, family, aki.person.id, toWork.id);
    expect((await rowOf(mum, work, aki))?.place).toBe('Sendai, Aoba');
    expect(await rowOf(mum, family, aki)).not.toHaveProperty('place');
    const toNone = await post(aki, 'ok', { place: 'Sendai, Aoba', placeCircles: [] });
    await waitForBoard(mum, family, aki.person.id, toNone.id);
    expect(await rowOf(mum, family, aki)).not.toHaveProperty('place');
  });

  it('is not shown to whoever reads the status by way of another circle', async () => {
    const [aki, boss] = await suite.people('Aki', 'Boss');
    await suite.circle([aki]);
    const work = await suite.circle([aki, boss], { kind: 'work' });
    const { id } = await post(aki, 'ok', { place: 'Sendai, Aoba' });
    await waitForBoard(boss, work, aki.person.id, id);
    expect(await must(boss, 200, 'GET', `/v1/statuses/${id}`)).not.toHaveProperty('place');
    const { statuses } = await must<{ statuses: Status[] }>(
      boss,
      200,
      'GET',
      `/v1/circles/${work.id}/members/${aki.person.id}/statuses`,
    );
    expect(statuses[0]).not.toHaveProperty('place');
  });
});

describe('a status by somebody who has left', () => {
  it('is off the board, and what they post afterwards stays away', async () => {
    const [aki, mum] = await suite.people('Aki', 'Mum');
    const [left, kept] = [await suite.circle([mum, aki]), await suite.circle([mum, aki])];
    const status = await post(aki, 'hurt');
    await waitForBoard(mum, left, aki.person.id, status.id);
    await must(aki, 204, 'DELETE', `/v1/circles/${left.id}/members/${aki.person.id}`);
    expect((await readBoard(mum, left)).members.map(({ member }) => member.id)).toEqual([mum.person.id]);
    const later = await postFor(aki, { circles: [left.id, kept.id] });
    expect(later.circles).toEqual([kept.id]);
    await waitForBoard(mum, kept, aki.person.id, later.id);
    expect(JSON.stringify(await readBoard(mum, left))).not.toContain(later.id);
  });
});
