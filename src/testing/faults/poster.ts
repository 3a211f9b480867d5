import { setTimeout as delay } from 'node:timers/promises';
import { uuidv7 } from 'uuidv7';
import type { Condition, Receipt } from '../../contract/statuses.ts';
import type { Client } from '../client.ts';

/** One line of the ledger: what was posted, how often it was sent, and the receipt, if there ever was one. */
export interface LedgerEntry {
  id: string;
  author: string;
  condition: Condition;
  attempts: number;
  receipt: Receipt | null;
  /** Given up without an answer: it exists once or not at all. */
  isAbandoned: boolean;
}

const ATTEMPT_LIMIT_MS = 3_000;
const GIVE_UP_AFTER_MS = 60_000;

/** Posts one status as a phone's outbox does: the same id until there is an answer. `abandon`: one try only. */
export async function postUntilAnswered(
  client: Client,
  condition: Condition,
  options: { abandon?: boolean } = {},
): Promise<LedgerEntry> {
  const id = uuidv7();
  const entry: LedgerEntry = { id, author: client.person.id, condition, attempts: 0, receipt: null, isAbandoned: false };
  const startedAt = Date.now();
  while (Date.now() - startedAt < GIVE_UP_AFTER_MS) {
    entry.attempts += 1;
    const answer = await withinLimit(
      client.call<Receipt>('POST', '/v1/statuses', { id, condition, note: `note ${id.slice(-4)}` }),
    );
    if (answer?.status === 202) {
      entry.receipt = answer.body;
      return entry;
    }
    if (answer && answer.status < 500 && answer.status !== 429) throw new Error(`posting ${id}: ${JSON.stringify(answer.body)}`);
    if (options.abandon) break;
    await delay(100 + Math.random() * 400);
  }
  entry.isAbandoned = true;
  return entry;
}

/** Null for a broken connection or no answer in time. */
async function withinLimit<T>(call: Promise<T>): Promise<T | null> {
  return Promise.race([call.catch(() => null), delay(ATTEMPT_LIMIT_MS, null)]);
}

/** Sends one status twice at the same moment, as two tabs of one phone would. Both answers have to agree. */
export async function postTwiceAtOnce(client: Client, condition: Condition): Promise<LedgerEntry> {
  const id = uuidv7();
  const entry: LedgerEntry = { id, author: client.person.id, condition, attempts: 2, receipt: null, isAbandoned: false };
  const answers = await Promise.all(
    [1, 2].map(() => withinLimit(client.call<Receipt>('POST', '/v1/statuses', { id, condition }))),
  );
  const receipts = answers.filter((answer) => answer?.status === 202).map((answer) => answer?.body as Receipt);
  const [first, second] = receipts;
  if (first && second && JSON.stringify(first) !== JSON.stringify(second)) throw new Error(`two receipts for ${id}`);
  entry.receipt = first ?? null;
  entry.isAbandoned = !first;
  return entry;
}
