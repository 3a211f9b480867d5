import { expect, it } from 'vitest';
import { waitFor } from './wait-for.ts';

it('answers the first truthy value', async () => {
  let asked = 0;
  expect(await waitFor(() => (++asked === 3 ? 'third' : undefined))).toBe('third');
});

it('takes an error as "not yet"', async () => {
  let asked = 0;
  const condition = async () => {
    if (++asked < 3) throw new Error('not there');
    return asked;
  };
  expect(await waitFor(condition)).toBe(3);
});

it('says what it waited for, and what went wrong last', async () => {
  const condition = () => {
    throw new Error('still closed');
  };
  const wait = waitFor(condition, { timeoutMs: 20, describe: 'the door to open' });
  await expect(wait).rejects.toThrow('waited 20 ms in vain for: the door to open');
  await expect(wait).rejects.toHaveProperty('cause.message', 'still closed');
});
