import type { StatusOrder } from '../../src/contract/status-order.ts';
import type { Poster } from '../lib/world.ts';
import { type Acknowledged, createLedger, type Judgement } from '../sink/ledger.ts';

export interface SampleJudgement extends Judgement {
  repeated: number;
  /** Frames of circles that the socket's person is not in. */
  strangers: number;
}

/**
 * Holds what k6's own sockets noted into its console file against the receipts: `seen <person> <circle> <id> …`,
 * `board <person> <circle> <author> <id> <writtenAt> <acceptedAt>` and `stranger <person> <circle> <kind of frame>`. Two programs that both count rarely err in the same way.
 */
export function judgeSample(
  lines: Iterable<string>,
  sample: readonly Poster[],
  receipts: readonly Acknowledged[],
): SampleJudgement {
  const ledger = createLedger();
  const known = new Map(receipts.map((receipt) => [receipt.id, receipt]));
  const slots = new Map<string, number>();
  for (const { id, circles } of sample) {
    for (const circle of circles) slots.set(`${id} ${circle}`, ledger.circleOf(circle).join(id));
  }
  let strangers = 0;
  for (const line of lines) {
    const [kind, person = '', circleId = '', ...rest] = line.split(' ');
    if (kind === 'stranger') strangers += 1;
    const slot = slots.get(`${person} ${circleId}`);
    if (slot === undefined) continue;
    const circle = ledger.circleOf(circleId);
    if (kind === 'board') {
      const [author = '', id = '', writtenAt = '', acceptedAt = ''] = rest;
      circle.receiveBoard(slot, new Map<string, StatusOrder>([[author, { id, writtenAt, acceptedAt }]]));
    } else if (kind === 'seen') {
      for (const id of rest) {
        const { author = '', writtenAt = '', acceptedAt = '' } = known.get(id) ?? {};
        const status = { id, author, writtenAt, acceptedAt, condition: '', position: '' };
        ledger.receive(ledger.meet(circle, status), slot);
      }
    }
  }
  return { ...ledger.judge(receipts), repeated: ledger.counts().repeated, strangers };
}
