import { parseArgs } from 'node:util';
import { endAll } from '../processes/children.ts';
import { compare } from './compare.ts';
import { CONTENDERS } from './contenders/all.ts';
import { prepareWorld } from './contenders/buji.ts';
import { tellCountry } from './country.ts';
import { allowManyOpenFiles } from './lib/open-files.ts';
import type { Workload } from './lib/world.ts';
import { writeReport } from './report.ts';
import { type Given, ROWS, worldsOf } from './rows/all.ts';
import { runSteps } from './rows/steps.ts';
import { exitCodeOf, type Judged, tellVerdict, withoutVerdict } from './verdict.ts';

const USAGE = `npm run bench -- [compare] [--only buji,naive] [--workload quiet|busy] [--rounds 3] [--quick] [--resume]
    Buji beside its rivals: every program's knee, latencies, processor time and memory, and the ratios
npm run bench -- <row> … [--rate 3000] [--workload quiet|busy] [--quick]
    rows of the table of targets, Buji alone: ${Object.keys(ROWS).join(', ')}
    overload, help-behind: --rate is the knee, where you know it; without it, it is looked for
npm run bench -- all [--quick]
    the comparison and every row, one after the other
npm run bench -- step [--only buji,naive] [--workload quiet|busy] [--rate 2000,4000] [--seconds 6]
    programs at set rates, by turns: no verdict
npm run bench -- worlds
    stores the worlds of all of these beforehand, so that none waits for it: measures nothing, and may run while others work
npm run bench -- country
    what twenty million people would take, reckoned from the newest reports

--quick   shorter: one round, and a knee to 15 % instead of 7 %
--resume  a comparison goes on with the rounds that the last one wrote, where they measured this commit
Programs: ${CONTENDERS.map(({ name }) => name).join(', ')}. Reports are written to .reports; load-tests/bench/README.md explains the figures.
Exit code: 0 every target that was measured is met, 1 one is not, 2 of one nothing can be said.`;

const ROUNDS = 3;
const STEP_RATES = '1000';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string' },
    workload: { type: 'string' },
    rounds: { type: 'string' },
    rate: { type: 'string' },
    seconds: { type: 'string', default: '6' },
    quick: { type: 'boolean', default: false },
    resume: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

function chosen<T>(text: string | undefined, all: readonly T[], nameOf: (item: T) => string): T[] {
  const names = text?.split(',') ?? all.map(nameOf);
  return names.map((name) => {
    const found = all.find((item) => nameOf(item) === name);
    if (!found) throw new Error(`choose from ${all.map(nameOf).join(', ')}, not "${name}"`);
    return found;
  });
}

function chosenWorkloads(): Workload[] {
  return chosen<Workload>(values.workload, ['quiet', 'busy'], (name) => name);
}

function runComparison(): Promise<Judged[]> {
  return compare({
    contenders: chosen(values.only, CONTENDERS, ({ name }) => name),
    workloads: chosenWorkloads(),
    count: Number(values.rounds ?? (values.quick ? 1 : ROUNDS)),
    isQuick: values.quick,
    isResumed: values.resume,
  });
}

/** One row. One that fails says so, and does not keep the next from being measured. */
async function runRow(name: string): Promise<Judged[]> {
  const given: Given = {
    rate: values.rate === undefined ? undefined : Number(values.rate),
    workload: values.workload === undefined ? undefined : chosenWorkloads()[0],
  };
  const startedAt = Date.now();
  try {
    const { text, data, judged = [] } = await (ROWS[name] as (typeof ROWS)[string])(values.quick, given);
    const told = `${text}\n${tellVerdict(judged)}`;
    console.log(`\n${name} (${Math.round((Date.now() - startedAt) / 1_000)} s):\n${told}`);
    writeReport(`bench-${name}`, { at: new Date().toISOString(), judged, ...data }, told);
    return judged;
  } catch (error) {
    endAll();
    console.error(`bench: ${name}: ${String(error)}`);
    const failed: Judged = { what: name, mustBe: 'a figure', is: '–', outcome: 'no verdict' };
    return [withoutVerdict(failed, String(error))];
  }
}

function runSteppedRates(): Promise<void> {
  const contenders = chosen(values.only ?? 'buji', CONTENDERS, ({ name }) => name);
  const [workload = 'quiet'] = values.workload === undefined ? [] : chosenWorkloads();
  const rates = (values.rate ?? STEP_RATES).split(',').map(Number);
  return runSteps(contenders, workload, rates, Number(values.seconds), values.quick);
}

/** @returns the exit code */
async function run(): Promise<number> {
  const [command = 'compare'] = positionals;
  if (values.help) console.log(USAGE);
  else if (command === 'country') console.log(tellCountry());
  else if (command === 'worlds') for (const shape of worldsOf(values.quick)) await prepareWorld(shape);
  else if (command === 'step') await runSteppedRates();
  else {
    const names = command === 'all' ? ['compare', ...Object.keys(ROWS)] : [command, ...positionals.slice(1)];
    const unknown = names.find((name) => name !== 'compare' && !ROWS[name]);
    if (unknown) throw new Error(`choose compare, step, all, worlds, country, ${Object.keys(ROWS).join(', ')}, not "${unknown}"`);
    const judged: Judged[] = [];
    for (const name of names) judged.push(...(name === 'compare' ? await runComparison() : await runRow(name)));
    if (names.length > 1) console.log(`\nall of them:\n${tellVerdict(judged)}`);
    return exitCodeOf(judged);
  }
  return 0;
}

allowManyOpenFiles();
run().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(`bench: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(2);
  },
);
