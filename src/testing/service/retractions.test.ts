import { uuidv7 } from 'uuidv7';
import { describe, expect, it } from 'vitest';
import type { CircleEvent } from '../../contract/frames.ts';
import type { OwnStatus, Receipt, Status } from '../../contract/statuses.ts';
import { type Client, must, post, waitForBoard } from '../client.ts';
import { useService } from '../use-service.ts';
import { waitFor } from '../wait-for.ts';

const suite = useService();
const retract = (client: Client, id: string) => client.call('DELETE', `/v1/statuses/${id}`);

async function listOf(reader: Client, circle: { id: string }, author: Client): Promise<string[]> {
  const path = `/v1/circles/${circle.id}/members/${author.person.id}/statuses`;
  return (await must<{ statuses: Status[] }>(reader, 200, 'GET', path)).statuses.map(({ id }) => id);
}

describe('DELETE /v1/statuses/{id}', () => {
  it('takes it off boards, histories and feeds, with its words', async () => {
    const [aki, mum] = await suite.people('Aki', 'Mum');
    const circles = [await suite.circle([mum, aki]), await suite.circle([mum, aki])];
    const status = await post(aki, 'help', { note: 'under the table', place: 'Aoba 1-2-3' });
    for (const circle of circles) await waitForBoard(mum, circle, aki.person.id, status.id);
    expect((await retract(aki, status.id)).status).toBe(204);
    expect((await retract(aki, status.id)).status).toBe(204);
    for (const circle of circles) {
      await waitForBoard(mum, circle, aki.person.id, null);
      expect(await listOf(mum, circle, aki)).toEqual([]);
      const { events } = await must<{ events: CircleEvent[] }>(mum, 200, 'GET', `/v1/circles/${circle.id}/feed`);
      expect(JSON.stringify(events)).not.toContain('under the table');
      expect(JSON.stringify(events)).not.toContain('Aoba 1-2-3');
      expect(events.at(-1)).toMatchObject({ t: 'retracted', id: status.id, author: aki.person.id, status: null });
    }
    for (const client of [aki, mum]) await must(client, 404, 'GET', `/v1/statuses/${status.id}`);
  });

  it("lets the board fall back to the author's previous status, with its age", async () => {
    const [aki, mum] = await suite.people('Aki', 'Mum');
    const circle = await suite.circle([mum, aki]);
    const previous = await post(aki, 'evacuated', { note: 'at the gym' });
    const board = await waitForBoard(mum, circle, aki.person.id, previous.id);
    const before = board.members.find(({ member }) => member.id === aki.person.id)?.status;
    const mistake = await post(aki, 'help');
    await waitForBoard(mum, circle, aki.person.id, mistake.id);
    expect((await retract(aki, mistake.id)).status).toBe(204);
    const after = await waitForBoard(mum, circle, aki.person.id, previous.id);
    expect(after.members.find(({ member }) => member.id === aki.person.id)?.status).toEqual(before);
    expect(after.counts).toMatchObject({ help: 0, evacuated: 1 });
    const { events } = await must<{ events: CircleEvent[] }>(mum, 200, 'GET', `/v1/circles/${circle.id}/feed`);
    expect(events.at(-1)).toMatchObject({ t: 'retracted', id: mistake.id, status: before });
  });

  it('leaves the board alone when something newer stands on it', async () => {
    const [aki, mum] = await suite.people('Aki', 'Mum');
    const circle = await suite.circle([mum, aki]);
    const old = await post(aki, 'hurt');
    await waitForBoard(mum, circle, aki.person.id, old.id);
    const newer = await post(aki, 'ok');
    await waitForBoard(mum, circle, aki.person.id, newer.id);
    expect((await retract(aki, old.id)).status).toBe(204);
    await waitFor(async () => (await listOf(mum, circle, aki)).length === 1);
    await waitForBoard(mum, circle, aki.person.id, newer.id);
  });

  it('waits for a status that has not come yet', async () => {
    const [aki, mum] = await suite.people('Aki', 'Mum');
    const circle = await suite.circle([mum, aki]);
    const id = uuidv7();
    expect(await retract(aki, id)).toMatchObject({ status: 404, body: { code: 'not-found' } });
    for (let time = 0; time < 2; time++) {
      const receipt = await must<Receipt>(aki, 202, 'POST', '/v1/statuses', { id, condition: 'help', note: 'too late' });
      expect(receipt).toMatchObject({ id, retracted: true });
    }
    const marker = await post(aki, 'ok');
    await waitForBoard(mum, circle, aki.person.id, marker.id);
    expect(await listOf(mum, circle, aki)).toEqual([marker.id]);
    await must(aki, 404, 'GET', `/v1/statuses/${id}`);
  });

  it('says so to a phone that sends the status once more', async () => {
    const aki = await suite.person();
    await suite.circle([aki]);
    const status = await post(aki, 'ok');
    expect((await retract(aki, status.id)).status).toBe(204);
    expect(await must(aki, 202, 'POST', '/v1/statuses', status)).toMatchObject({ id: status.id, retracted: true });
  });

  it("is its author's alone, before it comes and after", async () => {
    const [aki, ken] = await suite.people('Aki', 'Ken');
    const circle = await suite.circle([aki, ken]);
    const id = uuidv7();
    expect((await retract(ken, id)).status).toBe(404);
    await must(aki, 202, 'POST', '/v1/statuses', { id, condition: 'hurt' });
    await waitForBoard(ken, circle, aki.person.id, id);
    expect(await retract(ken, id)).toMatchObject({ status: 404, body: { code: 'not-found' } });
    await waitForBoard(ken, circle, aki.person.id, id);
    expect(await must<OwnStatus>(aki, 200, 'GET', `/v1/statuses/${id}`)).toMatchObject({ condition: 'hurt' });
  });

  it('leaves nothing behind when it races with the post', async () => {
    const [aki, mum] = await suite.people('Aki', 'Mum');
    const circle = await suite.circle([mum, aki]);
    const ids = Array.from({ length: 10 }, () => uuidv7());
    await Promise.all(ids.flatMap((id) => [post(aki, 'hurt', { id }), retract(aki, id)]));
    // Whichever came first: the phone says it again and is told.
    for (const id of ids)
      expect(await must(aki, 202, 'POST', '/v1/statuses', { id, condition: 'hurt' })).toMatchObject({ retracted: true });
    const marker = await post(aki, 'ok');
    await waitForBoard(mum, circle, aki.person.id, marker.id);
    await waitFor(async () => (await listOf(mum, circle, aki)).length === 1);
  });
});
