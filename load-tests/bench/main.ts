import { parseArgs } from 'node:util';
import { CONTENDERS } from './contenders/all.ts';
import { tellCountry } from './country.ts';
import { allowManyOpenFiles } from './lib/open-files.ts';
import type { Workload } from './lib/world.ts';
import { makeTable, writeReport } from './report.ts';
import { type Round, runRound } from './round.ts';
import { type Given, ROWS } from './rows/all.ts';
import { runSteps } from './rows/steps.ts';
import { judgeTargets } from './targets.ts';

const USAGE = `npm run bench -- [compare] [--only buji,naive] [--workload quiet|busy] [--rounds 3] [--quick]
    Buji beside its rivals: every program's knee, latencies, processor time and memory, and the ratios
npm run bench -- step [--only buji,naive] [--workload quiet|busy] [--rate 2000,4000] [--seconds 6]
    programs at set rates, by turns
npm run bench -- <row> [--rate 3000] [--workload quiet|busy] [--quick]
    one row of the table, Buji alone: ${Object.keys(ROWS).join(', ')}
    overload, help-behind: --rate is the knee, where you know it; without it, it is looked for
npm run bench -- all [--quick]
    the comparison and every row, one after the other
npm run bench -- country
    what twenty million people would take, reckoned from the newest reports

--quick   shorter: a comparison of ten to twelve minutes, rows of a minute
Programs: ${CONTENDERS.map(({ name }) => name).join(', ')}. Reports are written to .reports; load-tests/README.md explains the figures.`;

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

async function compare(): Promise<void> {
  const contenders = chosen(values.only, CONTENDERS, ({ name }) => name);
  const rounds: Round[] = [];
  const count = Number(values.rounds ?? (values.quick ? 1 : ROUNDS));
  const startedAt = Date.now();
  const tell = () => {
    const table = `${makeTable(rounds)}\n\n${judgeTargets(rounds)}`;
    return { table, path: writeReport('bench', { at: new Date().toISOString(), rounds }, table) };
  };
  for (const workload of chosenWorkloads()) {
    // A B C … A B C …: what changes on the machine in the meantime changes for all of them.
    for (let turn = 1; turn <= count; turn++) {
      for (const contender of contenders) {
        const round = await runRound(contender, { workload, isQuick: values.quick });
        rounds.push(round);
        const minutes = ((Date.now() - startedAt) / 60_000).toFixed(1);
        const knee = Math.round(round.kneePostsPerSecond);
        console.log(`bench: ${workload}, round ${turn}: ${contender.name} holds ${knee} posts/s (${minutes} min so far)`);
        tell();
      }
    }
  }
  const { table, path } = tell();
  console.log(`${table}\n\nbench: ${path} and the same as .json`);
}

async function runRow(name: string): Promise<void> {
  const row = ROWS[name];
  if (!row) throw new Error(`choose compare, step, all, country, ${Object.keys(ROWS).join(', ')}, not "${name}"`);
  const given: Given = {
    rate: values.rate === undefined ? undefined : Number(values.rate),
    workload: values.workload === undefined ? undefined : chosenWorkloads()[0],
  };
  const { text, data } = await row(values.quick, given);
  console.log(`${name}:\n${text}`);
  writeReport(`bench-${name}`, data, text);
}

/** One that fails must not keep the others from being told. */
async function runAll(): Promise<void> {
  const failed: string[] = [];
  for (const name of ['compare', ...Object.keys(ROWS)]) {
    await (name === 'compare' ? compare() : runRow(name)).catch((error: unknown) => {
      console.error(`bench: ${name}: ${String(error)}`);
      failed.push(name);
    });
  }
  if (failed.length > 0) throw new Error(`no figure for ${failed.join(', ')}`);
}

async function run(): Promise<void> {
  const [command = 'compare'] = positionals;
  if (values.help) console.log(USAGE);
  else if (command === 'compare') await compare();
  else if (command === 'all') await runAll();
  else if (command === 'country') console.log(tellCountry());
  else if (command === 'step') {
    const contenders = chosen(values.only ?? 'buji', CONTENDERS, ({ name }) => name);
    const [workload = 'quiet'] = values.workload === undefined ? [] : chosenWorkloads();
    await runSteps(
      contenders,
      workload,
      (values.rate ?? STEP_RATES).split(',').map(Number),
      Number(values.seconds),
      values.quick,
    );
  } else await runRow(command);
}

allowManyOpenFiles();
run().then(
  () => process.exit(),
  (error: unknown) => {
    console.error(`bench: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  },
);
