import { readFileSync } from 'node:fs';
import type { Acknowledged } from './ledger.ts';

/**
 * Reads the receipts that a load generator noted, one line each: `<id> <author> <writtenAt> <acceptedAt> <circle>,<circle>`.
 * Other lines are passed over: k6 writes what it has to say into the same file. The same id twice counts once.
 */
export function readReceipts(path: string): Acknowledged[] {
  const receipts = new Map<string, Acknowledged>();
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    const [, id, author, writtenAt, acceptedAt, circles] = RECEIPT.exec(line) ?? [];
    if (id && author && writtenAt && acceptedAt && circles && !receipts.has(id))
      receipts.set(id, { id, author, writtenAt, acceptedAt, circles: circles.split(',') });
  }
  return [...receipts.values()];
}

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const TIME = '\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z';
const RECEIPT = new RegExp(`^(${UUID}) (${UUID}) (${TIME}) (${TIME}) ([0-9a-f,-]+)$`);
