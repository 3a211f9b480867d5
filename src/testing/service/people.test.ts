import { describe, expect, it } from 'vitest';
import type { Person } from '../../contract/people.ts';
import { must, readBoard, toClient } from '../client.ts';
import { useService } from '../use-service.ts';

const suite = useService();

interface SignIn {
  person: Person;
  token: string;
  recoveryCode: string;
  circles: unknown[];
}
interface Me {
  person: Person;
  circles: { id: string }[];
  devices: { id: string; name: string; current: boolean; alerts: boolean }[];
}
const ANDROID = 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36';

describe('POST /v1/people', () => {
  it('needs nothing but a nickname, and signs in by token and by cookie', async () => {
    const answer = await suite.ask<SignIn>('POST', '/v1/people', { nickname: 'さくら' });
    expect(answer.status).toBe(201);
    const { person, token, recoveryCode, circles } = answer.body;
    expect(person).toMatchObject({ nickname: 'さくら', locale: 'ja', country: 'JP' });
    expect(circles).toEqual([]);
    expect(token.length).toBeGreaterThanOrEqual(22);
    expect(recoveryCode.length).toBeGreaterThanOrEqual(26);
    const cookie = answer.headers.get('set-cookie') ?? '';
    expect(cookie).toContain(`session=${token}`);
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Lax/);
    expect(cookie).toContain(`Max-Age=${400 * 86_400}`);
    const byCookie = await suite.ask<Me>('GET', '/v1/me', undefined, { cookie: `session=${token}` });
    const byToken = await suite.ask<Me>('GET', '/v1/me', undefined, { authorization: `Bearer ${token}` });
    expect(byCookie.body.person).toEqual(person);
    expect(byToken.body.person).toEqual(person);
  });

  it('takes everything else that a person may say of themselves', async () => {
    const profile = { nickname: 'Aki 🐧', locale: 'en', country: 'NZ', avatar: { emoji: '👩🏽‍🚒', colour: 'purple' } };
    const { status, body } = await suite.ask<SignIn>('POST', '/v1/people', profile);
    expect(status).toBe(201);
    expect(body.person).toMatchObject(profile);
  });

  it('joins the circle of an invite in the same call', async () => {
    const keeper = await suite.person('Mum');
    const circle = await suite.circle([keeper]);
    const { token } = await must<{ token: string }>(keeper, 201, 'POST', `/v1/circles/${circle.id}/invites`, {});
    const { body } = await suite.ask<SignIn>('POST', '/v1/people', { nickname: 'Ken', invite: token });
    expect(body.circles).toMatchObject([{ id: circle.id, role: 'member', memberCount: 2 }]);
    const board = await readBoard(keeper, circle);
    expect(board.members.map(({ member }) => member.nickname).sort()).toEqual(['Ken', 'Mum']);
  });

  it('makes nobody when the invite lets nobody in', async () => {
    const answer = await suite.ask('POST', '/v1/people', { nickname: 'Ken', invite: 'x'.repeat(43) });
    expect(answer).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect(answer.headers.get('set-cookie')).toBeNull();
  });
});

describe('PATCH /v1/me', () => {
  it('changes what is named and nothing else', async () => {
    const client = await suite.person('Aki', { locale: 'ja' });
    const { person } = await must<Me>(client, 200, 'PATCH', '/v1/me', { locale: 'en', country: 'US' });
    expect(person).toEqual({ ...client.person, locale: 'en', country: 'US' });
    expect((await must<Me>(client, 200, 'GET', '/v1/me')).person).toEqual(person);
  });

  it('leaves the face that a circle knows as it is', async () => {
    const client = await suite.person('Aki');
    const circle = await suite.circle([client]);
    await must(client, 200, 'PATCH', '/v1/me', { nickname: 'Akiko' });
    expect((await readBoard(client, circle)).members[0]?.member.nickname).toBe('Aki');
  });
});

describe('/v1/sessions', () => {
  it('lists devices newest first, by browser and system, page by page', async () => {
    const client = await suite.person();
    const second = await must<SignIn>(client, 201, 'POST', '/v1/sessions', { recoveryCode: client.recoveryCode });
    const third = await suite.ask<SignIn>(
      'POST',
      '/v1/sessions',
      { recoveryCode: second.recoveryCode },
      { 'user-agent': ANDROID },
    );
    expect(third.status).toBe(201);
    const { devices } = await must<Me>(client, 200, 'GET', '/v1/me');
    expect(devices.map(({ name }) => name)).toEqual(['Chrome, Android', '?', '?']);
    expect(devices.map(({ current }) => current)).toEqual([false, false, true]);
    const seen: string[] = [];
    for (let query = '?limit=2'; query; ) {
      const { sessions, next } = await must<{ sessions: { id: string }[]; next: string | null }>(
        client,
        200,
        'GET',
        `/v1/sessions${query}`,
      );
      seen.push(...sessions.map(({ id }) => id));
      query = next ? `?limit=2&before=${next}` : '';
    }
    expect(seen).toEqual(devices.map(({ id }) => id));
  });

  it('signs one device out at once, and only that one', async () => {
    const first = await suite.person();
    const answer = await must<SignIn>(first, 201, 'POST', '/v1/sessions', { recoveryCode: first.recoveryCode });
    const second = suite.checked(toClient(suite.service, answer));
    const { devices } = await must<Me>(second, 200, 'GET', '/v1/me');
    const other = devices.find(({ current }) => !current);
    await must(second, 204, 'DELETE', `/v1/sessions/${other?.id}`);
    for (let ask = 0; ask < 2; ask++) {
      expect(await first.call('GET', '/v1/me')).toMatchObject({ status: 401, body: { code: 'not-signed-in' } });
    }
    await must(second, 404, 'DELETE', `/v1/sessions/${other?.id}`);
    expect((await must<Me>(second, 200, 'GET', '/v1/me')).devices).toHaveLength(1);
  });

  it('takes the cookie away from the device that signs itself out', async () => {
    const client = await suite.person();
    const { devices } = await must<Me>(client, 200, 'GET', '/v1/me');
    const answer = await client.call('DELETE', `/v1/sessions/${devices[0]?.id}`);
    expect(answer.status).toBe(204);
    expect(answer.headers.get('set-cookie')).toMatch(/^session=;.*Expires=Thu, 01 Jan 1970/);
  });
});

describe('recovery codes', () => {
  const signIn = (recoveryCode: string) => suite.ask<SignIn>('POST', '/v1/sessions', { recoveryCode });

  it('bring the person back on a new device, with their circles', async () => {
    const client = await suite.person();
    const circle = await suite.circle([client]);
    const { status, body } = await signIn(client.recoveryCode);
    expect(status).toBe(201);
    expect(body.person).toEqual(client.person);
    expect(body.circles).toMatchObject([{ id: circle.id, role: 'keeper' }]);
    expect(body.token).not.toBe(client.token);
  });

  it('work as they are read from paper', async () => {
    const client = await suite.person();
    const typed = client.recoveryCode.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');
    expect((await signIn(typed)).status).toBe(201);
  });

  it('work once; the one that replaces them works too', async () => {
    const client = await suite.person();
    const first = await signIn(client.recoveryCode);
    expect(await signIn(client.recoveryCode)).toMatchObject({ status: 401, body: { code: 'code-not-valid' } });
    expect((await signIn(first.body.recoveryCode)).status).toBe(201);
  });

  it('work once when they are used ten times at once', async () => {
    const client = await suite.person();
    const answers = await Promise.all(Array.from({ length: 10 }, () => signIn(client.recoveryCode)));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([201, ...Array.from({ length: 9 }, () => 401)]);
    const { devices } = await must<Me>(client, 200, 'GET', '/v1/me');
    expect(devices).toHaveLength(2);
  });

  it('can be made anew by who is signed in, and the one before ends once that is kept', async () => {
    const client = await suite.person();
    const renew = async () => (await must<{ recoveryCode: string }>(client, 201, 'POST', '/v1/me/recovery-code')).recoveryCode;
    const keep = (recoveryCode: string) => must(client, 204, 'POST', '/v1/me/recovery-code/kept', { recoveryCode });
    const unseen = await renew();
    const next = await renew();
    await keep(unseen);
    await keep(next);
    for (const ended of [client.recoveryCode, unseen]) expect((await signIn(ended)).status).toBe(401);
    expect((await signIn(next)).status).toBe(201);
    expect(await suite.ask('POST', '/v1/me/recovery-code')).toMatchObject({ status: 401, body: { code: 'not-signed-in' } });
  });

  it('are two at the most, however many are made at once', async () => {
    const client = await suite.person();
    const made = await Promise.all(
      [1, 2, 3].map(() => must<{ recoveryCode: string }>(client, 201, 'POST', '/v1/me/recovery-code')),
    );
    const answers = await Promise.all(made.map(({ recoveryCode }) => signIn(recoveryCode)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 401, 401]);
    // The new one was used, so the paper is of no use any more.
    expect((await signIn(client.recoveryCode)).status).toBe(401);
  });

  it('do nothing when they are wrong', async () => {
    const answer = await signIn('ABCDE-FGHJK-MNPQR-STVWX-YZ0123');
    expect(answer).toMatchObject({ status: 401, body: { code: 'code-not-valid' } });
  });
});
