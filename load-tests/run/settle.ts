import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Board } from '../../src/contract/circles.ts';
import { timeOfUuidV7 } from '../../src/contract/uuid-v7.ts';
import type { Waits } from '../lib/waits.ts';
import type { Acknowledged } from '../sink/ledger.ts';
import { readReceipts } from '../sink/receipts.ts';
import { findWrongRows, newestByCircle } from '../verdict/boards.ts';
import { findWaits, judgeOvertaken, type ReadHistory } from '../verdict/overtaken.ts';
import type { Results } from '../verdict/results.ts';
import { judgeSample } from '../verdict/sample.ts';
import { createPatience } from './patience.ts';
import { type Api, inParallel } from './populate.ts';
import type { Reading } from './sampler.ts';
import type { StagedWorld } from './stage-world.ts';

const EXAMPLES_MAX = 20;
/** Where nobody holds a socket. */
const NEVER_LATE: Waits = { waits: [], clockAheadMs: 0 };

/**
 * Holds every receipt against what sockets received and what boards show, until nothing has been missing for a while or the
 * minute is over (see `patience.ts`). The last look counts, also for what came twice. `readings` may grow meanwhile: the
 * service's own word on when it was late.
 */
export async function settle(
  world: StagedWorld,
  api: Api,
  consolePath: string,
  readings: readonly Reading[],
): Promise<Pick<Results, 'ledger' | 'sample' | 'boards' | 'acceptedPerSecond'>> {
  const receipts = readReceipts(consolePath);
  const waitMs = createPatience(Date.now());
  const readHistory: ReadHistory = (circle, member, before) =>
    api.call(
      'GET',
      `/v1/circles/${circle}/members/${member}/statuses?limit=100${before ? `&before=${before}` : ''}`,
      world.readers.get(circle)?.token ?? null,
    );
  for (;;) {
    const judged = world.sink ? await judgeSink(world.sink, consolePath) : null;
    const waits = findWaits(judged?.late ?? NEVER_LATE, readings);
    const ledger = judged ? await judgeOvertaken(judged.ledger, readHistory, waits) : null;
    const boards = await judgeBoards(world, api, newestByCircle(receipts));
    const isWhole = (ledger?.lost ?? 0) === 0 && boards.wrong === 0;
    const wait = waitMs({ isWhole, overtaken: ledger?.overtaken.length ?? 0 }, Date.now());
    if (wait === null) {
      const lines = readFileSync(consolePath, 'utf8').split('\n');
      const sample =
        world.sample.length > 0 ? await judgeOvertaken(judgeSample(lines, world.sample, receipts), readHistory, waits) : null;
      return { ledger, sample, boards, acceptedPerSecond: countPerSecond(receipts) };
    }
    await delay(wait);
  }
}

function countPerSecond(receipts: readonly Acknowledged[]): Results['acceptedPerSecond'] {
  const counts = new Map<number, number>();
  for (const { id } of receipts) {
    const second = Math.floor(timeOfUuidV7(id) / 1_000) * 1_000;
    counts.set(second, (counts.get(second) ?? 0) + 1);
  }
  return [...counts].sort(([a], [b]) => a - b).map(([at, count]) => ({ at, count }));
}

async function judgeSink(
  sink: NonNullable<StagedWorld['sink']>,
  consolePath: string,
): Promise<{ ledger: NonNullable<Results['ledger']>; late: Waits }> {
  const { waits, clockAheadMs, ...judged } = await sink.ask<NonNullable<Results['ledger']> & Waits>({
    do: 'judge',
    receipts: consolePath,
  });
  const { gaps, strangers, gapExamples } = await sink.ask<{ gaps: number; strangers: number; gapExamples: string[] }>({
    do: 'state',
  });
  const examples = [...judged.examples, ...gapExamples].slice(0, EXAMPLES_MAX);
  return { ledger: { ...judged, gaps, strangers, examples }, late: { waits, clockAheadMs } };
}

async function judgeBoards(
  { circles, readers }: StagedWorld,
  api: Api,
  newest: ReturnType<typeof newestByCircle>,
): Promise<Results['boards']> {
  const wrong = await inParallel(
    circles.filter((circle) => newest.has(circle)),
    async (circle) => {
      const board = await api.call<Board>('GET', `/v1/circles/${circle}/board`, readers.get(circle)?.token ?? null);
      return findWrongRows(board, newest.get(circle) ?? new Map());
    },
  );
  const lines = wrong.flat();
  return { read: wrong.length, wrong: lines.length, examples: lines.slice(0, EXAMPLES_MAX) };
}
