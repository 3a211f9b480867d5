import { buji } from '../contenders/buji.ts';
import type { Shape } from '../lib/world.ts';
import { layOutColumns, median } from '../report.ts';
import { TARGETS } from '../targets.ts';
import { type Step, Trial } from '../trial.ts';
import { judge } from '../verdict.ts';
import type { Row } from './all.ts';
import { cpuOf } from './on-buji.ts';

const MEMBERS = 46;
const PEOPLE = [1_000, 20_000, 200_000];
/** All that the smallest store has. */
const ACTIVE_GROUPS = 22;
const RATE = 400;
const WARM_POSTS = 6_000;
const QUICK_WARM_POSTS = 2_000;
const TURNS = 3;

const sizesOf = (isQuick: boolean) => (isQuick ? PEOPLE.slice(0, 2) : PEOPLE);
const shapeOf = (people: number): Shape => ({
  groups: Math.ceil(people / MEMBERS),
  circlesEach: 1,
  members: MEMBERS,
  activeGroups: ACTIVE_GROUPS,
});
export const storedShapes = (isQuick: boolean): Shape[] => sizesOf(isQuick).map(shapeOf);

/**
 * CPU per post by how many people are stored; nobody listens. As many circles post in each size, spread among all that are
 * stored: with more of them a circle would hear less often, which costs more per post, whoever is stored. A service for each size is started first,
 * and they take turns, so that what changes on the machine changes for all; each has had the same number of posts before.
 * Storing 200,000 people takes minutes, once.
 */
export const storedPeople: Row = async (isQuick) => {
  const seconds = isQuick ? 4 : 8;
  const trials: { people: number; trial: Trial; steps: Step[] }[] = [];
  try {
    for (const people of sizesOf(isQuick)) {
      const trial = await Trial.start(buji, shapeOf(people));
      trials.push({ people, trial, steps: [] });
      await trial.warmUp();
      await trial.step(RATE, (isQuick ? QUICK_WARM_POSTS : WARM_POSTS) / RATE);
    }
    for (let turn = 0; turn < TURNS; turn++) {
      for (const { trial, steps } of trials) steps.push(await trial.step(RATE, seconds));
    }
  } finally {
    for (const { trial } of trials) await trial.stop();
  }
  const results = trials.map(({ people, steps }) => ({
    people,
    cpuPer1000: median(steps.map((step) => (cpuOf(step) / step.accepted) * 1_000)),
    acceptP99: median(steps.map(({ acceptP99 }) => acceptP99)),
    steps,
  }));
  const first = results[0]?.cpuPer1000 ?? 0;
  const rows = results.map(({ people, cpuPer1000, acceptP99 }) => [
    `${people}`,
    cpuPer1000.toFixed(3),
    (cpuPer1000 / first).toFixed(2),
    acceptP99.toFixed(1),
  ]);
  const table = layOutColumns([['people', 'CPU-s per 1,000 posts', '÷ first', 'accept p99 ms'], ...rows]);
  const judged = results
    .slice(1)
    .map(({ people, cpuPer1000 }) =>
      judge(`cost per post, ${people} people stored ÷ ${PEOPLE[0]}`, cpuPer1000 / first, '≤', TARGETS.storedPeopleGrowthMax),
    );
  return { text: table, data: { results }, judged };
};
