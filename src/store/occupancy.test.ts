import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type PrivateRedis, startPrivateRedis } from '../testing/private-redis.ts';
import { findOccupancy } from './occupancy.ts';

let server: PrivateRedis;
let redis: Redis;
beforeAll(async () => {
  server = await startPrivateRedis();
  redis = new Redis({ path: server.url.replace('unix://', '') });
});
afterAll(async () => {
  redis.disconnect();
  await server.remove();
});

it('tells an idle service, people and strangers apart', async () => {
  expect(await findOccupancy(redis, 'buji:')).toBe('empty');
  await redis.set('buji:{q-fanout-0}:fanout-0:meta', '');
  expect(await findOccupancy(redis, 'buji:')).toBe('empty');
  expect(await findOccupancy(redis, 'other:')).toBe('foreign');
  await redis.set('buji:person:{1}', '');
  expect(await findOccupancy(redis, 'buji:')).toBe('people');
  await redis.set('shop:basket', '');
  expect(await findOccupancy(redis, 'shop:')).toBe('foreign');
});

it('finds one key among many', async () => {
  await redis.flushall();
  const pipeline = redis.pipeline();
  for (let index = 0; index < 5_000; index++) pipeline.set(`buji:rate:${index}`, '');
  await pipeline.exec();
  expect(await findOccupancy(redis, 'buji:')).toBe('empty');
  await redis.set('buji:circle:{1}', '');
  expect(await findOccupancy(redis, 'buji:')).toBe('people');
});
