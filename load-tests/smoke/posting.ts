import { check } from 'k6';
import type { Condition, PostStatus, Receipt } from '../../src/contract/statuses.ts';
import { makeUuidV7 } from '../../src/contract/uuid-v7.ts';
import { GIVE_UP_MS, mayRetry } from '../lib/send-again.ts';
import type { Client, SignedIn } from './client.ts';
import type { Ledger } from './ledger.ts';
import { measures } from './measures.ts';
import type { World } from './world.ts';

const NOTES = [
  '無事です。学校の体育館にいます。',
  '大丈夫！電車が止まったので歩いて帰ります',
  '家族みんな無事🙏',
  'I am fine, at the station.',
  '停電中。スマホの電池が残り8%',
];

/**
 * Posts at a constant rate until the time is over, whether or not earlier ones were answered (a service that slows down must
 * not slow its load down). Resolves when every status has its receipt or was given up.
 */
export async function postSteadily(
  client: Client,
  ledger: Ledger,
  world: World,
  perSecond: number,
  seconds: number,
): Promise<void> {
  const pending: Promise<void>[] = [];
  const startedAt = Date.now();
  const total = Math.max(1, Math.round(perSecond * seconds));
  for (let index = 0; index < total; index++) {
    await untilTime(startedAt + (index * 1_000) / perSecond);
    pending.push(postOne(client, ledger, world, index));
  }
  await Promise.all(pending);
}

async function postOne(client: Client, ledger: Ledger, world: World, index: number): Promise<void> {
  const author = world.people[index % world.people.length];
  if (!author) return;
  const status = writeStatus(world, index);
  ledger.send(author.person.id, status, Date.now());
  const sends = [send(client, ledger, author, status)];
  // Every tenth is sent twice at once, as an impatient thumb and a reload do.
  if (index % 10 === 3) sends.push(send(client, ledger, author, status));
  await Promise.all(sends);
  // And every tenth once more when it has long been confirmed: the answer got lost.
  if (index % 10 === 7) await send(client, ledger, author, status);
}

/** What a phone's outbox does: again and again with the same id, not before the service says so, until there is a receipt. */
async function send(client: Client, ledger: Ledger, author: SignedIn, status: PostStatus): Promise<void> {
  const giveUpAt = Date.now() + GIVE_UP_MS;
  for (let attempt = 1; ; attempt++) {
    const answer = await client.postStatus(author.token, status);
    if (answer.status === 202) {
      measures.accept.add(answer.milliseconds);
      const isFirst = ledger.acknowledge(answer.body as Receipt);
      if (isFirst) measures.acknowledged.add(1);
    }
    if (!mayRetry(answer.status) || Date.now() > giveUpAt) {
      const isConfirmed = check(answer, { 'a status is answered 202': ({ status: got }) => got === 202 });
      if (!isConfirmed) console.error(`a status was answered ${answer.status} ${JSON.stringify(answer.body)}`);
      return;
    }
    const ownMs = Math.random() * Math.min(5_000, 200 * 2 ** attempt);
    await untilTime(Date.now() + Math.max(answer.retryAfterSeconds * 1_000, ownMs));
  }
}

/** Mostly OK, a few help; some to one circle only; some that lay in the outbox and are older than what came before. */
function writeStatus({ family }: World, index: number): PostStatus {
  const now = Date.now();
  const condition: Condition = index % 25 === 12 ? 'help' : index % 11 === 5 ? 'evacuated' : index % 13 === 8 ? 'hurt' : 'ok';
  const note = NOTES[index % (NOTES.length + 2)];
  return {
    id: makeUuidV7(now),
    condition,
    ...(note && { note }),
    ...(index % 6 === 1 && { place: '仙台市青葉区' }),
    ...(index % 4 === 2 && { circles: [family.id] }),
    ...(index % 5 === 4 && { writtenAt: new Date(now - 40_000).toISOString(), sentAt: new Date(now).toISOString() }),
  };
}

/** Resolves at that time of `Date.now()`, at once where it is past. */
export function untilTime(time: number): Promise<void> {
  return new Promise((resolve) => setTimeout(() => resolve(), Math.max(0, time - Date.now())));
}
