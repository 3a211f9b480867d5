import { expect, it } from 'vitest';
import { RecentMemory } from './recent-memory.ts';

function createMemory(maxBytes: number) {
  const clock = { now: 1_000 };
  const memory = new RecentMemory({ maxBytes, maxAgeMs: 100, now: () => clock.now });
  const dropped: string[] = [];
  const keeper = (name: string) => {
    let kept = 0;
    const self = {
      dropAll() {
        dropped.push(name);
        memory.free(self, kept);
        kept = 0;
      },
      hear(bytes: number) {
        kept += bytes;
        memory.heard(self, bytes);
      },
    };
    return self;
  };
  return { memory, clock, dropped, keeper };
}

it('drops the circles that were heard of least recently, until what is kept fits', () => {
  const { memory, dropped, keeper } = createMemory(100);
  const [first, second, third] = [keeper('first'), keeper('second'), keeper('third')];
  first.hear(40);
  second.hear(40);
  first.hear(10);
  third.hear(10);
  expect({ bytes: memory.bytes, dropped }).toEqual({ bytes: 100, dropped: [] });
  third.hear(1);
  expect({ bytes: memory.bytes, dropped }).toEqual({ bytes: 61, dropped: ['second'] });
  third.hear(90);
  expect({ bytes: memory.bytes, dropped }).toEqual({ bytes: 0, dropped: ['second', 'first', 'third'] });
});

it('drops what no event came for in too long a time, when another circle is heard of', () => {
  const { memory, clock, dropped, keeper } = createMemory(100);
  const [quiet, busy] = [keeper('quiet'), keeper('busy')];
  quiet.hear(10);
  clock.now += 100;
  busy.hear(1);
  expect(dropped).toEqual([]);
  clock.now += 1;
  busy.hear(1);
  expect({ bytes: memory.bytes, dropped }).toEqual({ bytes: 2, dropped: ['quiet'] });
});
