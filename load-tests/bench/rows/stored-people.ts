import { layOutColumns } from '../report.ts';
import type { Row } from './all.ts';
import { cpuOf, onBuji } from './on-buji.ts';

const MEMBERS = 46;
const PEOPLE = [1_000, 20_000, 200_000];
const RATE = 400;
const WARM_POSTS = 6_000;
/** Of the dearest to the cheapest. */
const MAX_RATIO = 1.15;

/**
 * CPU per post by how many people are stored, who all post by turns; nobody listens. Every store gets the same number of
 * posts before, in which the programs compile and the circles take up their new epoch. Storing 200,000 people takes minutes, once.
 */
export const storedPeople: Row = async (isQuick) => {
  const results = [];
  for (const people of isQuick ? PEOPLE.slice(0, 2) : PEOPLE) {
    const shape = { groups: Math.ceil(people / MEMBERS), circlesEach: 1, members: MEMBERS };
    const step = await onBuji(shape, async (trial) => {
      await trial.step(RATE, (isQuick ? WARM_POSTS / 4 : WARM_POSTS) / RATE);
      return trial.step(RATE, isQuick ? 5 : 20);
    });
    results.push({ people, cpuPer1000: (cpuOf(step) / step.accepted) * 1_000, step });
  }
  const first = results[0]?.cpuPer1000 ?? 0;
  const rows = results.map(({ people, cpuPer1000, step }) => [
    `${people}`,
    cpuPer1000.toFixed(3),
    (cpuPer1000 / first).toFixed(2),
    step.acceptP99.toFixed(1),
  ]);
  const table = layOutColumns([['people', 'CPU-s per 1,000 posts', '÷ first', 'accept p99 ms'], ...rows]);
  const costs = results.map(({ cpuPer1000 }) => cpuPer1000);
  const isMet = Math.max(...costs) / Math.min(...costs) <= MAX_RATIO;
  return { text: `${table}\nwithin 15 %: ${isMet ? 'met' : 'NOT met'}`, data: results };
};
