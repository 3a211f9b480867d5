import { afterAll, describe, expect, it } from 'vitest';
import { send } from '../client.ts';
import { type PrivateRedis, startPrivateRedis } from '../private-redis.ts';
import { type Service, startService } from '../service.ts';
import { waitFor } from '../wait-for.ts';

const opened: { service: Service; redis: PrivateRedis }[] = [];
afterAll(async () => {
  for (const { service, redis } of opened) {
    await service.stop();
    await redis.remove();
  }
});

describe('with a Redis that may lose what it acknowledged', () => {
  it.each([
    ['appendonly is "no"', ['--appendonly', 'no']],
    ['appendfsync is "everysec"', ['--appendfsync', 'everysec']],
    ['maxmemory-policy is "allkeys-lru"', ['--maxmemory-policy', 'allkeys-lru']],
  ])('%s: says so at the start and is not ready', async (problem, settings) => {
    const redis = await startPrivateRedis(settings);
    const service = await startService({ redisUrl: redis.url });
    opened.push({ service, redis });
    for (const { origin, warnings } of service.processes) {
      await waitFor(() => warnings.some((line) => JSON.parse(line).problem?.startsWith(problem)));
      const { status, body } = await send<{ status: string; problems: string[] }>(origin, 'GET', '/health/ready');
      expect({ status, body }).toMatchObject({ status: 503, body: { status: 'not-ready' } });
      expect(body.problems.join('\n')).toContain(problem);
      expect(await send(origin, 'GET', '/health/live')).toMatchObject({ status: 200 });
    }
  });
});
