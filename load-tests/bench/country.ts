import { existsSync, readFileSync } from 'node:fs';
import { layOutColumns } from './report.ts';
import type { Round } from './round.ts';

/** What is assumed of a country, at 1× and at 8×. Each is a guess that somebody can dispute; nothing here was measured. */
export interface Assumptions {
  people: number;
  postsPerPersonHour: number;
  /** Members that a post goes to. */
  members: number;
  /** Share of the people who hold a socket. */
  openShare: number;
  /** Alerts an hour to each who holds none. */
  alertsPerAwayHour: number;
}

/** What was measured on one machine, each by its own command. */
export interface Figures {
  /** CPU-seconds per 1,000 posts to 46 members, by role (`compare`, quiet, at 8×). */
  cpuPer1000Posts: Record<'redis' | 'web' | 'live' | 'worker', number>;
  /** Pushes per second of a core, Redis' time counted (`push`). */
  pushesPerCore: number;
  /** MiB of all processes (`idle-sockets`). */
  mibPer1000Sockets: number;
  /** Redis' memory for a person with their circles (`npm run seed -- --people 200000`). */
  bytesPerPerson: number;
  /** The same for a person's first status: record, boards, histories, feeds (with and without `--statuses`). */
  bytesPerStatus: number;
}

export interface PlanRow {
  part: string;
  formula: string;
  /** One figure for each of the given assumptions. */
  values: string[];
}

/** Everybody says once in the first hour that they are OK: 5,556 a second. An eighth of that is what they write on other days. */
const PEOPLE = 20_000_000;
const MEMBERS = 46;
const CALM: Assumptions = {
  people: PEOPLE,
  postsPerPersonHour: 1 / 8,
  members: MEMBERS,
  openShare: 0.02,
  alertsPerAwayHour: 1,
};
const EIGHTFOLD: Assumptions = { ...CALM, postsPerPersonHour: 1, openShare: 0.2, alertsPerAwayHour: 5 };

/** Where no report says otherwise. CPU: one run on two cores; the rest are goals of the bench and what `npm run seed` printed. */
const STANDARD: Figures = {
  cpuPer1000Posts: { redis: 0.29, web: 0.44, live: 0.41, worker: 0.24 },
  pushesPerCore: 3_000,
  mibPer1000Sockets: 20,
  bytesPerPerson: 4_500,
  bytesPerStatus: 2_700,
};

/** A core is bought to be busy for half of its time: the second half is the sharper first minute. */
const BUSY_SHARE = 0.5;
const SOCKETS_PER_GATEWAY = 20_000;
const GIB = 1_024 ** 3;
/** A node's data fits twice into its memory: a rewrite of its file copies what is changed meanwhile. */
const GIB_PER_PRIMARY = 16;

/** What each part costs under each of the assumptions. */
export function planCountry(figures: Figures, cases: readonly Assumptions[]): PlanRow[] {
  const { cpuPer1000Posts: cpu, pushesPerCore, mibPer1000Sockets, bytesPerPerson, bytesPerStatus } = figures;
  const row = (part: string, formula: string, value: (given: Assumptions) => number, unit = ''): PlanRow => ({
    part,
    formula,
    values: cases.map((given) => `${format(value(given))}${unit && ` ${unit}`}`),
  });
  const posts = ({ people, postsPerPersonHour }: Assumptions) => (people * postsPerPersonHour) / 3_600;
  const sockets = ({ people, openShare }: Assumptions) => people * openShare;
  const deliveries = (given: Assumptions) => posts(given) * given.members * given.openShare;
  const pushes = ({ people, openShare, alertsPerAwayHour }: Assumptions) =>
    (people * (1 - openShare) * alertsPerAwayHour) / 3_600;
  const coresOf = (cpuSeconds: number) => (given: Assumptions) => (posts(given) * cpuSeconds) / 1_000 / BUSY_SHARE;
  // The bench's posts go to 46 open sockets each; here most people are away, and each delivery is charged its share.
  const perDelivery = cpu.live / 1_000 / MEMBERS;
  const byLoad = (given: Assumptions) => Math.ceil((deliveries(given) * perDelivery) / BUSY_SHARE);
  const peopleGib = ({ people }: Assumptions) => (people * bytesPerPerson) / GIB;
  const hourGib = (given: Assumptions) => (posts(given) * 3_600 * bytesPerStatus) / GIB;
  return [
    row('posts/s', 'people × posts per person and hour ÷ 3,600', posts),
    row('sockets open', 'people × share who look', sockets),
    row('deliveries/s', 'posts/s × 46 × share who look', deliveries),
    row('pushes/s', 'people away × alerts an hour ÷ 3,600', pushes),
    row('web, cores', `posts/s × ${cpu.web} ms ÷ ${BUSY_SHARE}`, coresOf(cpu.web)),
    row('worker (fan-out), cores', `posts/s × ${cpu.worker} ms ÷ ${BUSY_SHARE}`, coresOf(cpu.worker)),
    row(
      'live, processes',
      `the greater of sockets ÷ ${format(SOCKETS_PER_GATEWAY)} and deliveries/s × ${((cpu.live / MEMBERS) * 1_000).toFixed(1)} µs ÷ ${BUSY_SHARE}`,
      (given) => Math.max(Math.ceil(sockets(given) / SOCKETS_PER_GATEWAY), byLoad(given)),
    ),
    row(
      'live, memory',
      `sockets × ${mibPer1000Sockets} MiB ÷ 1,000`,
      (given) => (sockets(given) * mibPer1000Sockets) / 1_000 / 1_024,
      'GiB',
    ),
    row(
      'push (with Redis), cores',
      `pushes/s ÷ ${format(pushesPerCore)} ÷ ${BUSY_SHARE}`,
      (given) => pushes(given) / pushesPerCore / BUSY_SHARE,
    ),
    row('Redis, cores', `posts/s × ${cpu.redis} ms ÷ ${BUSY_SHARE}`, coresOf(cpu.redis)),
    row('Redis, people and circles', `people × ${format(bytesPerPerson)} bytes`, peopleGib, 'GiB'),
    row('Redis, statuses of an hour', `posts an hour × ${format(bytesPerStatus)} bytes`, hourGib, 'GiB'),
    row('Redis, primaries', `the greater of its cores and its memory ÷ ${GIB_PER_PRIMARY} GiB; as many replicas`, (given) =>
      Math.max(Math.ceil(coresOf(cpu.redis)(given)), Math.ceil((peopleGib(given) + hourGib(given)) / GIB_PER_PRIMARY)),
    ),
  ];
}

/** `npm run bench -- country`: the plan with the newest figures in `.reports`, and which of them there were. */
export function tellCountry(): string {
  const compared = read<{ rounds: Round[] }>('bench')?.rounds.filter(
    ({ contender, workload }) => contender === 'buji' && workload === 'quiet',
  );
  const shares = compared?.at(-1)?.cpuShares;
  const push = read<{ perCore: number }>('bench-push');
  const idle = read<{ per1000: number }>('bench-idle-sockets');
  const figures: Figures = {
    ...STANDARD,
    ...(shares && { cpuPer1000Posts: roundAll({ ...STANDARD.cpuPer1000Posts, ...shares }) }),
    ...(push && { pushesPerCore: Math.round(push.perCore) }),
    ...(idle && { mibPer1000Sockets: Number(idle.per1000.toFixed(1)) }),
  };
  const rows = planCountry(figures, [CALM, EIGHTFOLD]).map(({ part, formula, values }) => [part, formula, ...values]);
  const from = [
    `CPU per post: ${shares ? 'the last comparison' : 'standard (npm run bench -- compare --only buji measures it)'}`,
    `pushes: ${push ? 'the last row "push"' : 'the goal (npm run bench -- push measures it)'}`,
    `memory of sockets: ${idle ? 'the last row "idle-sockets"' : 'the goal (npm run bench -- idle-sockets measures it)'}`,
  ];
  return `${layOutColumns([['part', 'how it is reckoned', '1×', '8×'], ...rows])}\n\n${from.join('\n')}`;
}

function read<T>(name: string): T | null {
  const path = `.reports/${name}.json`;
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as T) : null;
}

function roundAll<Names extends string>(figures: Record<Names, number>): Record<Names, number> {
  const entries = Object.entries<number>(figures).map(([name, value]) => [name, Number(value.toFixed(3))]);
  return Object.fromEntries(entries) as Record<Names, number>;
}

/** Two digits where it is small; a plan is no more exact than its assumptions. */
function format(value: number): string {
  return value < 10 ? String(Number(value.toPrecision(2))) : Math.round(value).toLocaleString('en');
}
