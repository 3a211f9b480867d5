import { check } from 'k6';
import exec from 'k6/execution';
import type { ServerFrame } from '../src/contract/frames.ts';
import { openLive } from './lib/live.ts';
import { type Client, createClient } from './smoke/client.ts';
import { createLedger, type Ledger } from './smoke/ledger.ts';
import { measures, thresholds } from './smoke/measures.ts';
import { postSteadily, untilTime } from './smoke/posting.ts';
import { readSettings } from './smoke/settings.ts';
import { buildWorld, type World } from './smoke/world.ts';

/**
 * Does the main job work, end to end, against a running service? People join circles, hold live connections and post; a
 * ledger compares what was acknowledged with what everybody was shown. See `load-tests/README.md`.
 *
 * Each virtual user is a world of its own, because a virtual user's memory is its own: its ledger is complete without the
 * others'.
 */
const settings = readSettings();
/** Everything acknowledged is promised within a minute of the last fault's end; without faults it is milliseconds. */
const DRAIN_MS = 60_000;
const CONNECT_MS = 30_000;
/** Longer than a frame is on its way where nothing is overtaken. */
const OVERTAKEN_MS = 10_000;

export const options = {
  scenarios: {
    worlds: {
      executor: 'per-vu-iterations',
      vus: settings.circles,
      iterations: 1,
      maxDuration: `${settings.durationSeconds + 240}s`,
    },
  },
  thresholds,
  summaryTrendStats: ['med', 'p(95)', 'p(99)', 'max'],
};

export async function setup(): Promise<void> {
  if (!(await createClient(settings.baseUrl).isReady())) exec.test.abort(`no Buji that is ready answers at ${settings.baseUrl}`);
}

export default async function runWorld(): Promise<void> {
  const client = createClient(settings.baseUrl);
  const ledger = createLedger();
  const world = await buildWorld(client, ledger, settings.members);
  const connections = world.people.map(({ person, token }) =>
    openLive({
      baseUrl: settings.liveUrl,
      token,
      onFrame: (frame) => receive(ledger, person.id, frame),
      positions: () => ledger.positionsOf(person.id),
      onRefused: (reason) => ledger.broken.push(reason),
    }),
  );
  const isConnected = await within(CONNECT_MS, Promise.all(connections.map(({ ready }) => ready)));
  check(isConnected, { 'every member is connected and synced': (value) => value });
  if (isConnected) await postSteadily(client, ledger, world, settings.rate / settings.circles, settings.durationSeconds);
  await untilAllShown(ledger);
  await askHistories(client, ledger, world);
  await compareBoards(client, ledger, world);
  for (const connection of connections) connection.close();
  report(ledger);
}

function receive(ledger: Ledger, member: string, frame: ServerFrame): void {
  if (frame.t === 'board') ledger.seeBoard(member, frame);
  if (!('position' in frame) || frame.t === 'board') return;
  const now = Date.now();
  const sighting = ledger.see(member, frame, now);
  if (!sighting?.isFirst || sighting.author === member) return;
  const milliseconds = now - sighting.sentAt;
  measures.delivered.add(1);
  (sighting.isHelp ? measures.helpDelivery : measures.delivery).add(milliseconds);
}

/** Whether it happened in time. The timer is taken back: an iteration lasts as long as one is due. */
async function within(milliseconds: number, happening: Promise<unknown>): Promise<boolean> {
  let timer = 0;
  const limit = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds) as unknown as number;
  });
  const isInTime = await Promise.race([happening.then(() => true), limit]);
  clearTimeout(timer);
  return isInTime;
}

/** What seems overtaken may still be on its way: it is believed once it has stayed so for a while. */
async function untilAllShown(ledger: Ledger): Promise<void> {
  const giveUpAt = Date.now() + DRAIN_MS;
  let late = -1;
  let since = Date.now();
  while (Date.now() < giveUpAt) {
    const lateNow = ledger.findOvertaken().length;
    const isLost = ledger.findLost().length > 0;
    if (!isLost && lateNow === 0) return;
    if (isLost || lateNow !== late) since = Date.now();
    if (Date.now() - since > OVERTAKEN_MS) return;
    late = lateNow;
    await untilTime(Date.now() + 100);
  }
}

/** What a newer status overtook must stand in its author's history, or it is lost. */
async function askHistories(client: Client, ledger: Ledger, { people, family, hikers }: World): Promise<void> {
  for (const { id, circle, author } of ledger.findOvertaken()) {
    const [reader] = circle === family.id ? people : hikers;
    measures.overtaken.add(1);
    if (reader && !(await client.hasInHistory(reader.token, circle, author, id)))
      ledger.broken.push(`${id} was shown to nobody in ${circle}, and is not in the history`);
  }
}

/** Every member reads the board of each of their circles: all must be the same, and the newest of each author. */
async function compareBoards(client: Client, ledger: Ledger, { people, family, friends, hikers }: World): Promise<void> {
  const readers = [
    ...people.map((reader) => ({ reader, circle: family })),
    ...hikers.map((reader) => ({ reader, circle: friends })),
  ];
  for (const { reader, circle } of readers) {
    const wrong = ledger.judgeBoard(await client.board(reader.token, circle.id));
    check(wrong, { 'a board shows the newest of everybody': (lines) => lines.length === 0 });
    ledger.broken.push(...wrong);
  }
}

/** Writes the ledger's verdict into the measures that the thresholds watch, and the first few lines of each fault. */
function report(ledger: Ledger): void {
  const lost = ledger.findLost();
  measures.lost.add(lost.length);
  measures.broken.add(ledger.broken.length);
  measures.repeated.add(ledger.repeated());
  measures.serverErrors.add(0);
  for (const line of lost.slice(0, 10)) console.error(`lost: ${line}`);
  for (const line of ledger.broken.slice(0, 10)) console.error(`broken: ${line}`);
}
