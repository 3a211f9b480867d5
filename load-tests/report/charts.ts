import { createSchedule } from '../lib/schedule.ts';
import type { Reading } from '../run/sampler.ts';
import type { Results } from '../verdict/results.ts';
import { type Chart, drawChart, type Series } from './chart.ts';

const MEBIBYTE = 1024 * 1024;
const PROCESSES = ['web', 'live', 'worker', 'redis', 'k6', 'sink'];

/** The run in pictures: what was asked of the service, how quickly it delivered, how far it was behind, what it used. */
export function drawCharts(results: Results): string[] {
  const { profile, points, readings, phases } = results;
  const start = Date.parse(results.startedAt);
  const since = (at: number) => (at - start) / 1_000;
  const end = Math.max(1, ...readings.map(({ at }) => since(at)));
  const schedule = createSchedule(profile.startRate, profile.stages);
  const frame = {
    from: 0,
    to: Math.ceil(end),
    bands: phases.map(({ name, from, to }) => ({ name, from: since(from), to: since(to) })),
    marks: [
      ...results.faults.map(({ what, at }) => ({ name: what, at: since(at) })),
      ...results.storms.map(({ at }) => ({ name: 'storm', at: since(at) })),
    ],
  };
  const draw = (chart: Pick<Chart, 'title' | 'unit' | 'series' | 'isLog' | 'limit'>) => drawChart({ ...frame, ...chart });
  // The first readings are from before the first post.
  const during = readings.filter(({ at }) => at >= start);
  const overTime = (name: string, colour: number, read: (reading: Reading) => number | null | undefined): Series => ({
    name,
    colour,
    points: during.map((reading) => ({ x: since(reading.at), y: read(reading) ?? null })),
  });
  const ofPoints = (name: string, colour: number, read: (point: Results['points'][number]) => number | null): Series => ({
    name,
    colour,
    points: points.map((point) => ({ x: Math.max(0, since(point.at) + 0.5), y: read(point) })),
  });
  const planned: Series = {
    name: 'planned',
    colour: 6,
    isDashed: true,
    points: Array.from({ length: Math.ceil(schedule.durationMs / 250) }, (_, index) => ({
      x: index / 4,
      y: schedule.rateAt(index * 250),
    })),
  };
  const used = PROCESSES.filter((name) => readings.some(({ memory }) => memory[name] !== undefined));
  return [
    draw({ title: 'Posts: planned, and acknowledged', unit: 'a second', series: [planned, rateOf(results, since)] }),
    ...(points.length === 0
      ? []
      : [
          draw({
            title: 'Delivery, by the second in which a post was meant to be sent',
            unit: 'ms',
            isLog: true,
            limit: profile.limits.deliveryP99Ms,
            series: [
              ofPoints('p50', 1, ({ p50 }) => p50),
              ofPoints('p99', 2, ({ p99 }) => p99),
              ofPoints('p99 of the last in each circle', 3, ({ lastP99 }) => lastP99),
              ofPoints('slowest', 4, ({ max }) => max),
            ],
          }),
          draw({
            title: 'Deliveries to sockets',
            unit: 'a second',
            series: [ofPoints('deliveries', 1, ({ deliveries }) => deliveries)],
          }),
        ]),
    draw({
      title: 'How far the service was behind',
      unit: 's',
      series: [
        overTime('oldest status not yet on its boards', 2, ({ lagSeconds }) => lagSeconds),
        overTime('event loop, p99 of the slowest process', 5, ({ eventLoopP99Seconds }) => eventLoopP99Seconds),
      ],
    }),
    draw({
      title: 'Memory',
      unit: 'MiB',
      series: used.map((name, index) => overTime(name, index + 1, ({ memory }) => (memory[name] ?? Number.NaN) / MEBIBYTE)),
    }),
    draw({
      title: 'Processor',
      unit: 'cores',
      series: used.map((name, index) => overTime(name, index + 1, ({ cpu }) => cpu[name])),
    }),
  ];
}

/** Statuses by the second in which they were meant to be sent; a status of three circles is met three times, so the receipts count. */
function rateOf({ acceptedPerSecond }: Results, since: (at: number) => number): Series {
  return {
    name: 'acknowledged',
    colour: 1,
    points: acceptedPerSecond.map(({ at, count }) => ({ x: since(at) + 0.5, y: count })),
  };
}
