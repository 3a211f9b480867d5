import { expect, it } from 'vitest';
import { bestOf, findKnee, kneeOf } from './knee.ts';
import type { Step } from './trial.ts';

/** A step at this rate, for as much as a search looks at. */
const stepAt = (rate: number, isHeld: boolean, isSaturated = false) =>
  ({ rate, seconds: 4, accepted: rate * 4, isHeld, isSaturated }) as Step;

/** What holds every rate up to `most`; `fails` steps that would hold do not, from the first on. */
function programThatHolds(most: number, { fails = 0, isSaturated = false } = {}) {
  const rates: number[] = [];
  let left = fails;
  return {
    rates,
    async step(rate: number) {
      rates.push(rate);
      const isHeld = rate <= most && left-- <= 0;
      return stepAt(rate, isHeld, isSaturated && !isHeld);
    },
  };
}

const search = { start: 1_000, seconds: 4, precision: 1.07, settleMs: 0 };

it.each([5_300, 900, 40])('finds the greatest rate that holds, to the precision: %d', async (most) => {
  const knee = kneeOf(await findKnee(programThatHolds(most), search));
  expect(knee).toBeLessThanOrEqual(most);
  expect(knee * 1.07).toBeGreaterThanOrEqual(most - 1);
});

it('tries a step that fails once more, but not one that is hopeless', async () => {
  const disturbed = programThatHolds(5_300, { fails: 1 });
  await findKnee(disturbed, search);
  expect(disturbed.rates.slice(0, 3)).toEqual([1_000, 1_000, 1_500]);
  const overrun = programThatHolds(1_100, { isSaturated: true });
  await findKnee(overrun, search);
  expect(overrun.rates.filter((rate) => rate === 1_500)).toHaveLength(1);
});

it('goes on from a step that was taken already', async () => {
  const program = programThatHolds(2_000);
  const steps = await findKnee(program, { ...search, known: stepAt(1_000, true) });
  expect(program.rates[0]).toBe(1_500);
  expect(steps[0]?.rate).toBe(1_000);
});

it('counts what was accepted, not what was asked for, and nothing where no step held', () => {
  const steps = [stepAt(1_000, true), { ...stepAt(2_000, true), accepted: 7_600 }, stepAt(3_000, false)];
  expect(bestOf(steps)?.rate).toBe(2_000);
  expect(kneeOf(steps)).toBe(1_900);
  expect(kneeOf([stepAt(3_000, false)])).toBe(0);
});
