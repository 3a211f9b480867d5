import { expect, it } from 'vitest';
import { Gate } from './gate.ts';

it('runs no more tasks at once than its limit, all of them in order', async () => {
  const gate = new Gate(2);
  const started: number[] = [];
  let running = 0;
  let most = 0;
  await Promise.all(
    Array.from({ length: 9 }, (_, index) =>
      gate.run(async () => {
        started.push(index);
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
      }),
    ),
  );
  expect(gate.waiting).toBe(0);
  expect(most).toBe(2);
  expect(started).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
});

it('passes an error on and goes on', async () => {
  const gate = new Gate(1);
  const failing = gate.run(() => Promise.reject(new Error('away')));
  const next = gate.run(async () => 'next');
  await expect(failing).rejects.toThrow('away');
  expect(await next).toBe('next');
});
