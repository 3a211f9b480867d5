/**
 * `npm run bench -- [compare] [--only buji,naive] [--workload quiet|busy] [--rounds 3] [--quick]`: Buji beside its rivals.
 * `npm run bench -- step --only buji --workload quiet --rate 2000,4000 [--seconds 6]`: one contender at set rates.
 * `npm run bench -- circle-size | stored-people | idle-sockets | sockets | push`: one row of the table each, Buji alone.
 * README.md beside `load-tests` says what each of them does.
 */
import { parseArgs } from 'node:util';
import { CONTENDERS } from './contenders/all.ts';
import { allowManyOpenFiles } from './lib/open-files.ts';
import type { Workload } from './lib/world.ts';
import { makeTable, writeReport } from './report.ts';
import { type Round, runRound } from './round.ts';
import { ROWS } from './rows/all.ts';
import { runSteps } from './rows/steps.ts';

const ROUNDS = 3;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string' },
    workload: { type: 'string' },
    rounds: { type: 'string' },
    rate: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '6' },
    quick: { type: 'boolean', default: false },
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

async function compare(): Promise<void> {
  const contenders = chosen(values.only, CONTENDERS, ({ name }) => name);
  const workloads = chosen<Workload>(values.workload, ['quiet', 'busy'], (name) => name);
  const rounds: Round[] = [];
  const count = Number(values.rounds ?? (values.quick ? 1 : ROUNDS));
  for (const workload of workloads) {
    // A B C … A B C …: what changes on the machine in the meantime changes for all of them.
    for (let turn = 1; turn <= count; turn++) {
      for (const contender of contenders) {
        const round = await runRound(contender, { workload, isQuick: values.quick });
        rounds.push(round);
        console.log(`bench: ${workload}, round ${turn}: ${contender.name} holds ${Math.round(round.kneePostsPerSecond)} posts/s`);
        writeReport('bench', { at: new Date().toISOString(), rounds }, makeTable(rounds));
      }
    }
  }
  const table = makeTable(rounds);
  const path = writeReport('bench', { at: new Date().toISOString(), rounds }, table);
  console.log(`${table}\n\nbench: ${path} and the same as .json`);
}

async function run(): Promise<void> {
  const [command = 'compare'] = positionals;
  if (command === 'compare') return compare();
  if (command === 'step') {
    const [contender] = chosen(values.only ?? 'buji', CONTENDERS, ({ name }) => name);
    const [workload] = chosen<Workload>(values.workload ?? 'quiet', ['quiet', 'busy'], (name) => name);
    if (contender && workload)
      await runSteps(contender, workload, values.rate.split(',').map(Number), Number(values.seconds), values.quick);
    return;
  }
  const row = ROWS[command];
  if (!row) throw new Error(`choose compare, step, ${Object.keys(ROWS).join(', ')}, not "${command}"`);
  const { text, data } = await row(values.quick);
  console.log(text);
  writeReport(`bench-${command}`, data, text);
}

allowManyOpenFiles();
run().then(
  () => process.exit(),
  (error: unknown) => {
    console.error(`bench: ${error instanceof Error ? error.stack : String(error)}`);
    process.exit(1);
  },
);
