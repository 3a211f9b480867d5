import { existsSync, readFileSync } from 'node:fs';
import { endAll } from '../processes/children.ts';
import type { Contender } from './contenders/contender.ts';
import type { Workload } from './lib/world.ts';
import { makeTable, REPORTS_FOLDER, writeReport } from './report.ts';
import { type Round, readRevision, runRound } from './round.ts';
import { type Judged, judgeRounds, tellVerdict, withoutVerdict } from './verdict.ts';

export interface CompareOptions {
  contenders: readonly Contender[];
  workloads: readonly Workload[];
  /** How many rounds of each program in each workload. */
  count: number;
  isQuick: boolean;
  /** Goes on with the rounds of the last report, where they measured this commit in the same way. */
  isResumed: boolean;
}

/** The report of the last comparison; each round is added to it as it ends, so that one that is broken off can go on. */
const REPORT = 'bench';

/**
 * Programs by turns, A B C … A B C …, so that what changes on the machine changes for all of them. One that fails does not keep
 * the others from being told.
 */
export async function compare({ contenders, workloads, count, isQuick, isResumed }: CompareOptions): Promise<Judged[]> {
  const rounds = isResumed ? readRounds(isQuick) : [];
  const failures: Judged[] = [];
  const startedAt = Date.now();
  for (const workload of workloads) {
    for (let turn = 1; turn <= count; turn++) {
      for (const contender of contenders) {
        const { name } = contender;
        if (rounds.filter((round) => round.contender === name && round.workload === workload).length >= turn) continue;
        try {
          const round = await runRound(contender, { workload, isQuick });
          rounds.push(round);
          const knee = Math.round(round.kneePostsPerSecond);
          const minutes = ((Date.now() - startedAt) / 60_000).toFixed(1);
          console.log(`bench: ${workload}, round ${turn}: ${name} holds ${knee} posts/s (${minutes} min so far)`);
        } catch (error) {
          endAll();
          console.error(`bench: ${workload}, round ${turn}: ${name}: ${String(error)}`);
          const failed: Judged = {
            what: `${name}, ${workload}, round ${turn}`,
            mustBe: 'a figure',
            is: '–',
            outcome: 'no verdict',
          };
          failures.push(withoutVerdict(failed, String(error)));
        }
        writeAll(rounds, failures);
      }
    }
  }
  const { text, path, judged } = writeAll(rounds, failures);
  console.log(`${text}\n\nbench: ${path} and the same as .json`);
  return judged;
}

function writeAll(rounds: Round[], failures: Judged[]): { text: string; path: string; judged: Judged[] } {
  const judged = [...judgeRounds(rounds), ...failures];
  const text = `${makeTable(rounds)}\n\n${tellVerdict(judged)}`;
  return { text, path: writeReport(REPORT, { at: new Date().toISOString(), judged, rounds }, text), judged };
}

function readRounds(isQuick: boolean): Round[] {
  const path = `${REPORTS_FOLDER}/${REPORT}.json`;
  if (!existsSync(path)) return [];
  const { rounds } = JSON.parse(readFileSync(path, 'utf8')) as { rounds: Round[] };
  const revision = readRevision();
  const usable = rounds.filter((round) => round.isQuick === isQuick && round.revision === revision);
  console.log(`bench: goes on with ${usable.length} of the ${rounds.length} rounds in ${path}, those that measured ${revision}`);
  return usable;
}
