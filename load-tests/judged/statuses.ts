import type { Condition, PostStatus } from '../../src/contract/statuses.ts';
import { makeUuidV7 } from '../../src/contract/uuid-v7.ts';
import { pickWeighted, type Random } from '../lib/random.ts';

const CONDITIONS: [Condition, number][] = [
  ['ok', 93],
  ['evacuated', 4],
  ['hurt', 2],
  ['help', 1],
];
/** What people wrote, in pieces of a sentence: a note is none to a handful of them, and 140 characters at most. */
const PIECES = [
  '無事です。',
  '大丈夫！',
  '家族みんな無事🙏',
  '電車が止まったので歩いて帰ります。',
  '学校の体育館にいます。',
  '停電中、スマホの電池が残り8%。',
  '余震が続いています。',
  '水と食べ物はあります。',
  '連絡が取れないけど心配しないで。',
  '高台に避難しました。',
];
const NOTE_MAX = 140;
/** A third taps and writes nothing. */
const NOTE_PIECES: [number, number][] = [
  [0, 35],
  [1, 30],
  [2, 20],
  [4, 10],
  [12, 5],
];

/** One status as a phone sends it, meant to be sent at `intendedAt` (ms). Some go to one circle only, some lay in an outbox. */
export function writeStatus(circles: readonly string[], intendedAt: number, random: Random): PostStatus {
  const note = writeNote(random);
  const only = circles[Math.floor(random() * circles.length)];
  const isForOne = circles.length > 1 && only !== undefined && random() < 0.15;
  const waitedMs = random() < 0.05 ? 1_000 + Math.floor(random() * 60_000) : 0;
  return {
    id: makeUuidV7(intendedAt),
    condition: pickWeighted(CONDITIONS, random),
    ...(note !== '' && { note }),
    ...(random() < 0.15 && { place: '仙台市青葉区' }),
    ...(isForOne && { circles: [only] }),
    ...(waitedMs > 0 && {
      writtenAt: new Date(intendedAt - waitedMs).toISOString(),
      sentAt: new Date(intendedAt).toISOString(),
    }),
  };
}

function writeNote(random: Random): string {
  let note = '';
  for (let left = pickWeighted(NOTE_PIECES, random); left > 0; left--) note += PIECES[Math.floor(random() * PIECES.length)];
  return [...note].slice(0, NOTE_MAX).join('');
}
