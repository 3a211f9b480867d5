/// <reference types="k6" />

import type { ServerFrame } from '../../src/contract/frames.ts';
import { timeOfUuidV7 } from '../../src/contract/uuid-v7.ts';
import { openLive } from '../lib/live.ts';
import type { Poster } from '../lib/world.ts';
import { measures } from './measures.ts';

/** After the last post the sample stays until nothing has come for a while: what is late counts as late, not as lost. */
const QUIET_MS = 4_000;
const STAY_MAX_MS = 60_000;
const LINE_IDS = 40;

/**
 * k6's own sockets: a second pair of eyes beside the socket sink. What each was shown goes to the console file (`seen`, `board`, `stranger`),
 * where the runner holds it against the receipts.
 */
export async function watchSample(people: Poster[], durationMs: number): Promise<void> {
  const endsAt = Date.now() + durationMs;
  let lastFrameAt = Date.now();
  const connections = people.map((person) => {
    const positions: Record<string, string> = {};
    const seen = new Map<string, string[]>();
    const flush = (circle: string, least: number) => {
      const ids = seen.get(circle) ?? [];
      if (ids.length < least) return;
      console.log(`seen ${person.id} ${circle} ${ids.join(' ')}`);
      seen.set(circle, []);
    };
    const onFrame = (frame: ServerFrame) => {
      lastFrameAt = Date.now();
      const circle = circleOf(frame);
      if (circle !== null && !person.circles.includes(circle)) console.log(`stranger ${person.id} ${circle} ${frame.t}`);
      if (frame.t === 'board') {
        positions[frame.circle.id] = frame.position;
        noteBoard(person.id, frame);
      }
      if (!('position' in frame) || frame.t === 'board') return;
      positions[frame.circle] = frame.position;
      if (frame.t !== 'status') return;
      const { id } = frame.status;
      measures.delivery.add(lastFrameAt - timeOfUuidV7(id));
      seen.set(frame.circle, [...(seen.get(frame.circle) ?? []), id]);
      flush(frame.circle, LINE_IDS);
    };
    const live = openLive({
      baseUrl: __ENV['LIVE_URL'] ?? __ENV['BASE_URL'] ?? '',
      token: person.token,
      onFrame,
      positions: () => positions,
      onRefused: (reason) => console.error(reason),
    });
    const flushAll = () => {
      for (const circle of seen.keys()) flush(circle, 1);
    };
    return { live, flushAll };
  });
  await untilQuiet(endsAt, () => lastFrameAt);
  for (const { live, flushAll } of connections) {
    flushAll();
    live.close();
  }
}

/** Whose board or event a frame is; null for what is of no circle. */
function circleOf(frame: ServerFrame): string | null {
  if (frame.t === 'board') return frame.circle.id;
  return 'position' in frame ? frame.circle : null;
}

function noteBoard(person: string, { circle, members }: Extract<ServerFrame, { t: 'board' }>): void {
  for (const { member, status } of members) {
    if (status) console.log(`board ${person} ${circle.id} ${member.id} ${status.id} ${status.writtenAt} ${status.acceptedAt}`);
  }
}

function untilQuiet(endsAt: number, lastFrameAt: () => number): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      const now = Date.now();
      const isQuiet = now > endsAt + 1_000 && now - lastFrameAt() > QUIET_MS;
      if (isQuiet || now > endsAt + STAY_MAX_MS) resolve();
      else setTimeout(look, 250);
    };
    look();
  });
}
