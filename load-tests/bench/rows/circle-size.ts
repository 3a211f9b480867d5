import type { Shape } from '../lib/world.ts';
import { layOutColumns } from '../report.ts';
import { TARGETS } from '../targets.ts';
import type { Step } from '../trial.ts';
import { judge, judgeNone } from '../verdict.ts';
import type { Row } from './all.ts';
import { cpuOf, onBuji } from './on-buji.ts';

/** Deliveries a second in every size: the socket writes are the same work, what differs is what a post costs around them. */
const DELIVERIES_PER_SECOND = 10_000;
export const SIZES: readonly Shape[] = [
  { groups: 200, circlesEach: 1, members: 5 },
  { groups: 43, circlesEach: 1, members: 46 },
  { groups: 4, circlesEach: 1, members: 500 },
  // Official: only the keeper posts.
  { groups: 1, circlesEach: 1, members: 5_000, authors: 1 },
];

/** CPU per delivery by the size of the circle. */
export const circleSize: Row = async (isQuick) => {
  const results: { members: number; microseconds: number; step: Step }[] = [];
  for (const shape of SIZES) {
    const seconds = isQuick ? 4 : 10;
    const step = await onBuji(shape, async (trial) => {
      await trial.connect(0, shape.groups * shape.members);
      await trial.step(DELIVERIES_PER_SECOND / shape.members, seconds / 2);
      return trial.step(DELIVERIES_PER_SECOND / shape.members, seconds);
    });
    const deliveries = step.accepted * shape.members;
    results.push({ members: shape.members, microseconds: (cpuOf(step) / deliveries) * 1_000_000, step });
  }
  const rows = results.map(({ members, microseconds, step }) => [
    `${members}`,
    microseconds.toFixed(2),
    step.p99.toFixed(1),
    `${step.lost}`,
  ]);
  const table = layOutColumns([['members', 'CPU µs per delivery', 'p99 ms', 'lost'], ...rows]);
  // Every size is held against the smallest, so that what each may be dearer by does not add up.
  const smallest = results[0]?.microseconds ?? 0;
  const judged = results
    .slice(1)
    .flatMap(({ members, microseconds, step }) => [
      judge(`cost per delivery, circle of ${members} ÷ of 5`, microseconds / smallest, '≤', TARGETS.circleSizeGrowthMax),
      judgeNone(`deliveries lost, circle of ${members}`, step.lost),
    ]);
  return { text: table, data: { results }, judged };
};
