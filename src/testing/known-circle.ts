import type { Circle, NewInvite } from '../contract/circles.ts';
import { type Client, must, post, waitForBoard } from './client.ts';
import type { Suite } from './use-service.ts';

/** A circle with a bit of everything in it, and every id of it. */
export interface KnownCircle {
  keeper: Client;
  member: Client;
  circle: Circle;
  /** Open, and not used by anybody. */
  invite: NewInvite;
  /** Of the member, on the board. */
  status: string;
  /** The member's. */
  session: string;
  /** All that its people can read of it and of themselves, as text: what must be the same after a refusal. */
  read(): Promise<string>;
}

/** Makes one. */
export async function createKnownCircle(suite: Suite): Promise<KnownCircle> {
  const [keeper, member] = await suite.people('Mum', 'Aki');
  const circle = await suite.circle([keeper, member]);
  const invite = await must<NewInvite>(keeper, 201, 'POST', `/v1/circles/${circle.id}/invites`, {});
  const status = await post(member, 'evacuated', { note: 'at the school gym', place: 'Sendai, Aoba' });
  await waitForBoard(keeper, circle, member.person.id, status.id);
  const { devices } = await must<{ devices: { id: string }[] }>(member, 200, 'GET', '/v1/me');

  async function read(): Promise<string> {
    const paths = [
      '',
      '/board',
      '/feed?limit=100',
      `/members/${member.person.id}/statuses`,
      `/members/${keeper.person.id}/statuses`,
    ];
    const answers = await Promise.all([
      ...paths.flatMap((path) => [keeper, member].map((client) => client.call('GET', `/v1/circles/${circle.id}${path}`))),
      ...[keeper, member].map((client) => client.call('GET', '/v1/me')),
      keeper.call('GET', `/v1/circles/${circle.id}/invites`),
      member.call('GET', `/v1/statuses/${status.id}`),
    ]);
    // `since` moves with the clock.
    return JSON.stringify(
      answers.map(({ body }) => body),
      (key, value: unknown) => (key === 'since' ? undefined : value),
      1,
    );
  }

  return { keeper, member, circle, invite, status: status.id, session: devices[0]?.id ?? '', read };
}
