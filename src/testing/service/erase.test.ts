import { describe, expect, it } from 'vitest';
import type { Circle } from '../../contract/circles.ts';
import { type Client, must, post, readBoard, waitForBoard } from '../client.ts';
import { openLive } from '../live-client.ts';
import { useService } from '../use-service.ts';
import { waitFor } from '../wait-for.ts';

const suite = useService();
/** What an erased person is promised: gone from every board, feed and history within 60 s. */
const ERASE_LIMIT_MS = 60_000;

async function readEverything(reader: Client, circle: Circle): Promise<string> {
  const board = await reader.call('GET', `/v1/circles/${circle.id}/board`);
  const feed = await reader.call('GET', `/v1/circles/${circle.id}/feed?limit=100`);
  return JSON.stringify([board.body, feed.body]);
}

describe('DELETE /v1/me', () => {
  it('signs every device out at once and for good', async () => {
    const client = await suite.person();
    const live = await openLive(suite.service.next('live'), client);
    const answer = await client.call('DELETE', '/v1/me');
    expect(answer.status).toBe(204);
    expect(answer.headers.get('set-cookie')).toMatch(/^session=;/);
    for (let ask = 0; ask < 2; ask++) expect((await client.call('GET', '/v1/me')).status).toBe(401);
    expect(await suite.ask('POST', '/v1/sessions', { recoveryCode: client.recoveryCode })).toMatchObject({
      status: 401,
      body: { code: 'code-not-valid' },
    });
    expect(await live.closed).toBe(4501);
  });

  it(
    'takes the person off every board, feed and history within 60 s',
    async () => {
      const [keeper, erased] = await suite.people('Mum', 'Ken-is-leaving');
      const circles = await Promise.all([suite.circle([keeper, erased]), suite.circle([keeper, erased], { kind: 'work' })]);
      const status = await post(erased, 'hurt', { note: 'words to be forgotten' });
      for (const circle of circles) await waitForBoard(keeper, circle, erased.person.id, status.id);
      await must(erased, 204, 'DELETE', '/v1/me');
      for (const circle of circles) {
        await waitFor(async () => !(await readEverything(keeper, circle)).includes('words to be forgotten'), {
          timeoutMs: ERASE_LIMIT_MS,
          describe: `${circle.id} without the words of the erased`,
        });
        const board = await readBoard(keeper, circle);
        expect(board.members.map(({ member }) => member.id)).toEqual([keeper.person.id]);
        expect(await readEverything(keeper, circle)).not.toContain('Ken-is-leaving');
        await must(keeper, 404, 'GET', `/v1/circles/${circle.id}/members/${erased.person.id}/statuses`);
      }
      await waitFor(async () => (await keeper.call('GET', `/v1/statuses/${status.id}`)).status === 404);
    },
    ERASE_LIMIT_MS * 2,
  );

  it('leaves the circle to the longest-standing member when the keeper goes', async () => {
    const [keeper, elder, younger] = await suite.people('Mum', 'Ken', 'Aki');
    const circle = await suite.circle([keeper, elder]);
    const { token } = await must<{ token: string }>(keeper, 201, 'POST', `/v1/circles/${circle.id}/invites`, {});
    await must(younger, 200, 'POST', `/v1/invites/${token}/accept`, {});
    await must(keeper, 204, 'DELETE', '/v1/me');
    const heir = await waitFor(
      async () => (await must<Circle>(elder, 200, 'GET', `/v1/circles/${circle.id}`)).role === 'keeper',
      { timeoutMs: ERASE_LIMIT_MS },
    );
    expect(heir).toBe(true);
    expect(await must(younger, 200, 'GET', `/v1/circles/${circle.id}`)).toMatchObject({ role: 'member', memberCount: 2 });
  });

  it('ends the invites of a circle that nobody is left in', async () => {
    const client = await suite.person();
    const circle = await suite.circle([client]);
    const { token } = await must<{ token: string }>(client, 201, 'POST', `/v1/circles/${circle.id}/invites`, {});
    await must(client, 204, 'DELETE', '/v1/me');
    const answer = await waitFor(
      async () => {
        const preview = await suite.ask('GET', `/v1/invites/${token}`);
        return preview.status === 200 ? null : preview;
      },
      { timeoutMs: ERASE_LIMIT_MS },
    );
    expect(answer).toMatchObject({ status: 410, body: { code: 'invite-expired' } });
  });
});
