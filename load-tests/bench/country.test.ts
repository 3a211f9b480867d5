import { expect, it } from 'vitest';
import { type Figures, planCountry } from './country.ts';

const figures: Figures = {
  cpuPer1000Posts: { redis: 0.25, web: 0.5, live: 0.46, worker: 0.2 },
  pushesPerCore: 2_000,
  mibPer1000Sockets: 10,
  bytesPerPerson: 1_024,
  bytesPerStatus: 512,
};
const town = { people: 3_600_000, postsPerPersonHour: 1, members: 46, openShare: 0.1, alertsPerAwayHour: 2 };
const figureOf = (part: string, given = town) => planCountry(figures, [given]).find((row) => row.part === part)?.values[0];

it('reckons each part from its own figure', () => {
  expect(figureOf('posts/s')).toBe('1,000');
  expect(figureOf('deliveries/s')).toBe('4,600');
  expect(figureOf('pushes/s')).toBe('1,800');
  // Half of a core's time: 1,000 × 0.5 ms ÷ 0.5.
  expect(figureOf('web, cores')).toBe('1');
  expect(figureOf('push (with Redis), cores')).toBe('1.8');
  expect(figureOf('live, memory')).toBe('3.5 GiB');
});

it('takes as many gateways and primaries as the scarcer thing asks for', () => {
  expect(figureOf('live, processes')).toBe('18');
  expect(figureOf('live, processes', { ...town, people: 36_000, postsPerPersonHour: 9_990, openShare: 1 })).toBe('92');
  expect(figureOf('Redis, primaries')).toBe('1');
  expect(figureOf('Redis, primaries', { ...town, people: 64 * 1_024 ** 2, postsPerPersonHour: 0 })).toBe('4');
  expect(figureOf('Redis, primaries', { ...town, people: 64 * 1_024 ** 2, postsPerPersonHour: 0.5 })).toBe('5');
});
