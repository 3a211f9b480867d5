import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { openApiWorld } from '../testing/api-world.ts';

const open = await openApiWorld('accounts-open');
const tight = await openApiWorld('accounts-tight', { points: 2 });
afterAll(() => Promise.all([open.close(), tight.close()]));

describe('a rate that is used up', () => {
  it('is 429, and says when to come back', async () => {
    // Repeats count like all others.
    const attempt = randomUUID();
    const make = () => tight.call('POST', '/v1/people', { nickname: 'x', attempt });
    await make();
    await make();
    const { status, body, headers } = await make();
    expect([status, body.code]).toEqual([429, 'too-many-requests']);
    expect(headers['retry-after']).toBe(String(body.retryAfterSeconds));
    expect(body.retryAfterSeconds).toBeGreaterThan(0);
    expect(body.retryAfterSeconds).toBeLessThanOrEqual(60);
  });
});

describe('the log', () => {
  it('names people by id, and holds no code, token or nickname', async () => {
    const attempt = randomUUID();
    const person = await open.register({ nickname: 'Secretive', attempt });
    await open.call('POST', '/v1/sessions', { recoveryCode: person.recoveryCode });
    const text = open.lines.join('');
    expect(text).toContain('"route":"/v1/people"');
    for (const secret of [attempt, person.token, person.recoveryCode, 'Secretive']) expect(text).not.toContain(secret);
  });
});
