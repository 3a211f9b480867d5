import { uuidv7 } from 'uuidv7';
import { describe, expect, it } from 'vitest';
import type { Receipt } from '../../contract/statuses.ts';
import { type Client, must, readBoard, waitForBoard } from '../client.ts';
import { useService } from '../use-service.ts';
import { waitFor } from '../wait-for.ts';

const suite = useService();
const MINUTE_MS = 60_000;
const WEEK_MS = 7 * 24 * 60 * MINUTE_MS;

interface Clock {
  /** How far the phone's clock is off. */
  offMs?: number;
  /** How long the status was waiting in the phone. */
  waitedMs: number;
}
/** Posts what was written `waitedMs` ago on a phone whose clock is off. */
function postBy(client: Client, { offMs = 0, waitedMs }: Clock, id = uuidv7()): Promise<Receipt> {
  const sentAt = new Date(Date.now() + offMs);
  const writtenAt = new Date(sentAt.getTime() - waitedMs);
  const times = { writtenAt: writtenAt.toISOString(), sentAt: sentAt.toISOString() };
  return must<Receipt>(client, 202, 'POST', '/v1/statuses', { id, condition: 'ok', ...times });
}
const ageOf = ({ acceptedAt, writtenAt }: Receipt) => Date.parse(acceptedAt) - Date.parse(writtenAt);

describe('writtenAt', () => {
  it('counts the wait in the phone, whatever the phone takes the time to be', async () => {
    const aki = await suite.person();
    await suite.circle([aki]);
    const to1970 = -Date.now() + 1_000;
    for (const offMs of [0, -10 * MINUTE_MS, 10 * MINUTE_MS, to1970 + 3 * MINUTE_MS, 100 * WEEK_MS]) {
      const receipt = await postBy(aki, { offMs, waitedMs: 3 * MINUTE_MS });
      expect(ageOf(receipt), `clock off by ${offMs} ms`).toBe(3 * MINUTE_MS);
      expect(Math.abs(Date.parse(receipt.acceptedAt) - Date.now())).toBeLessThan(10_000);
    }
  });

  it('never lies in the future, nor more than seven days back', async () => {
    const aki = await suite.person();
    await suite.circle([aki]);
    expect(ageOf(await postBy(aki, { waitedMs: -10 * MINUTE_MS }))).toBe(0);
    expect(ageOf(await postBy(aki, { waitedMs: WEEK_MS + MINUTE_MS }))).toBe(WEEK_MS);
  });

  it('is the moment of acceptance when the phone says only half', async () => {
    const aki = await suite.person();
    await suite.circle([aki]);
    const old = '1970-01-01T00:00:00.000Z';
    for (const half of [{}, { writtenAt: old }, { sentAt: old }]) {
      expect(ageOf(await must<Receipt>(aki, 202, 'POST', '/v1/statuses', { id: uuidv7(), condition: 'ok', ...half }))).toBe(0);
    }
  });

  it('stays what the first receipt says, however long the phone goes on trying', async () => {
    const aki = await suite.person();
    await suite.circle([aki]);
    const id = uuidv7();
    const first = await postBy(aki, { waitedMs: MINUTE_MS }, id);
    expect(await postBy(aki, { waitedMs: 5 * MINUTE_MS }, id)).toEqual(first);
  });

  it('decides what is newest: a late arrival does not replace newer words', async () => {
    const [aki, mum] = await suite.people('Aki', 'Mum');
    const circle = await suite.circle([mum, aki]);
    const newer = await postBy(aki, { waitedMs: MINUTE_MS });
    await waitForBoard(mum, circle, aki.person.id, newer.id);
    const older = await postBy(aki, { waitedMs: 10 * MINUTE_MS });
    const history = await waitFor(async () => {
      const path = `/v1/circles/${circle.id}/members/${aki.person.id}/statuses`;
      const { statuses } = await must<{ statuses: { id: string }[] }>(mum, 200, 'GET', path);
      return statuses.length === 2 && statuses.map(({ id }) => id);
    });
    expect(history).toEqual([newer.id, older.id]);
    const row = (await readBoard(mum, circle)).members.find(({ member }) => member.id === aki.person.id);
    expect(row?.status?.id).toBe(newer.id);
  });
});
