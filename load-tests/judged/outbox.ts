/// <reference types="k6" />

import { sleep } from 'k6';
import http, { type RefinedResponse } from 'k6/http';
import type { PostStatus, Receipt } from '../../src/contract/statuses.ts';
import { timeOfUuidV7 } from '../../src/contract/uuid-v7.ts';
import { isReceiptFor } from '../lib/receipt.ts';
import { GIVE_UP_MS, mayRetry } from '../lib/send-again.ts';
import type { Poster } from '../lib/world.ts';
import { measures } from './measures.ts';

/** A request that hangs longer is as good as lost: the same id is sent again. */
const REQUEST_LIMIT = '10s';
const BACKOFF_MAX_MS = 2_000;
/** An impatient thumb sends twice at once; an answer that got lost makes the phone send again what was confirmed. */
const TWICE_AT_ONCE = 0.02;
const AGAIN_LATER = 0.03;

/** What a phone's outbox does: the same id again and again, as the answer says, until there is a receipt. */
export function sendUntilConfirmed(poster: Poster, status: PostStatus, phase: string): void {
  const body = JSON.stringify(status);
  const giveUpAt = Date.now() + GIVE_UP_MS;
  let receipt: Receipt | null = null;
  for (let attempt = 1; receipt === null; attempt++) {
    const responses = send(poster, body, Math.random() < TWICE_AT_ONCE ? 2 : 1, phase);
    for (const response of responses) receipt = keep(poster, status, response, receipt);
    if (receipt) break;
    const worst = responses[0];
    if (!worst || !mayRetry(worst.status) || Date.now() > giveUpAt) {
      measures.givenUp.add(1);
      console.error(`given up ${status.id}: ${worst?.status} ${worst?.body}`);
      return;
    }
    measures.unconfirmed.add(responses.length);
    sleep(Math.max(retryAfterMs(worst), Math.random() * Math.min(BACKOFF_MAX_MS, 100 * 2 ** attempt)) / 1_000);
  }
  if (Math.random() < AGAIN_LATER) for (const response of send(poster, body, 1, phase)) keep(poster, status, response, receipt);
}

function send(poster: Poster, body: string, times: number, phase: string): RefinedResponse<'text'>[] {
  const params = {
    headers: { 'content-type': 'application/json', authorization: `Bearer ${poster.token}` },
    tags: { name: 'POST /v1/statuses', phase },
    responseType: 'text' as const,
    timeout: REQUEST_LIMIT,
  };
  const url = `${__ENV['BASE_URL']}/v1/statuses`;
  const request = { method: 'POST', url, body, params };
  const responses = times === 1 ? [http.post(url, body, params)] : http.batch(Array.from({ length: times }, () => request));
  for (const { status, timings } of responses) if (status === 202) measures.accept.add(timings.duration, { phase });
  return responses as RefinedResponse<'text'>[];
}

/** Holds the first receipt against what was sent and notes it for the ledger, and holds a second one against the first. */
function keep(poster: Poster, sent: PostStatus, response: RefinedResponse<'text'>, first: Receipt | null): Receipt | null {
  if (response.status !== 202) return first;
  const receipt = JSON.parse(response.body) as Receipt;
  if (first) {
    if (describe(first) !== describe(receipt)) measures.receiptsChanged.add(1);
    return first;
  }
  if (!isReceiptFor(receipt, sent, poster.circles)) {
    measures.receiptsWrong.add(1);
    console.error(`wrong receipt: ${response.body} for circles ${(sent.circles ?? poster.circles).join(',')} of ${sent.id}`);
  }
  measures.acknowledged.add(1);
  measures.receipt.add(Date.now() - timeOfUuidV7(sent.id));
  console.log(`${receipt.id} ${poster.id} ${describe(receipt)}`);
  return receipt;
}

function describe({ writtenAt, acceptedAt, circles }: Receipt): string {
  return `${writtenAt} ${acceptedAt} ${circles.join(',')}`;
}

function retryAfterMs(response: RefinedResponse<'text'>): number {
  return Number(response.headers['Retry-After'] ?? 0) * 1_000;
}
