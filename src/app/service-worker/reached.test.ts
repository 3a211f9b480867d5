import { describe, expect, it } from 'vitest';
import { RETRY_AFTER_MAX_SECONDS } from '../../contract/limits.ts';
import { reportReached } from './reached.ts';

const push = (statuses?: string[]) =>
  JSON.stringify({ notification: { title: 'x', data: { kind: 'help', circle: null, ...(statuses && { statuses }) } } });

/** Answers with these status codes one after the other; 0 stands for no answer. */
function createService(...answers: number[]) {
  const asked: { url: string; body: unknown }[] = [];
  const waited: number[] = [];
  const service = {
    retryAfter: '20',
    asked,
    waited,
    async fetch(url: string, { body }: RequestInit) {
      const status = answers[asked.length] ?? 0;
      asked.push({ url, body: JSON.parse(String(body)) });
      if (status === 0) throw new TypeError('network');
      return { status, headers: new Headers(status === 429 ? { 'retry-after': service.retryAfter } : {}) };
    },
    async wait(ms: number) {
      waited.push(ms);
    },
  };
  return service;
}

describe('reportReached', () => {
  it('reports what the push carries', async () => {
    const service = createService(204);
    await reportReached(push(['a', 'b']), service);
    expect(service.asked).toEqual([{ url: '/v1/push/reached', body: { ids: ['a', 'b'] } }]);
  });

  it('tries again after a pause while the service cannot answer, a few times', async () => {
    const service = createService(503, 0, 204, 204);
    await reportReached(push(['a']), service);
    expect(service.asked).toHaveLength(3);
    expect(service.waited).toHaveLength(2);
    for (const ms of service.waited) expect(ms).toBeLessThanOrEqual(RETRY_AFTER_MAX_SECONDS * 1_000);
    const away = createService();
    await reportReached(push(['a']), away);
    expect([away.asked.length, away.waited.length]).toEqual([3, 2]);
  });

  it('comes back when it may after having asked too often, unless no browser waits that long', async () => {
    const service = createService(429, 204);
    await reportReached(push(['a']), service);
    expect([service.asked.length, service.waited]).toEqual([2, [20_000]]);
    const strict = Object.assign(createService(429, 204), { retryAfter: '600' });
    await reportReached(push(['a']), strict);
    expect(strict.asked).toHaveLength(1);
  });

  it.each([401, 404])('lets it be after a refusal with %i', async (status) => {
    const service = createService(status);
    await reportReached(push(['a']), service);
    expect(service.asked).toHaveLength(1);
  });

  it.each(['', 'not json', 'null', '{}', push(), push([])])('reports nothing for %j', async (text) => {
    const service = createService(204);
    await reportReached(text, service);
    expect(service.asked).toEqual([]);
  });
});
