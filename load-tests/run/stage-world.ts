import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Profile } from '../lib/profile.ts';
import { countContacts, drawWorld, type Poster } from '../lib/world.ts';
import { launchObedient, type Obedient } from '../processes/children.ts';
import type { Results } from '../verdict/results.ts';
import { type Api, type PushKeys, populate } from './populate.ts';

/** The world as it was made: who posts, who holds a socket where. */
export interface StagedWorld {
  posters: Poster[];
  /** The people whose sockets k6 holds. */
  sample: Poster[];
  circles: string[];
  /** Circle → somebody who may read its board. */
  readers: Map<string, Poster>;
  /** For k6, which reads a file. */
  path: string;
  sink: Obedient | null;
  described: Results['world'];
}

/** What k6 and the sink read of it: with tokens, so they go when the run is over. */
export const SECRET_FILES = ['world.json', 'seats.json'];

/** New sockets a second: gentle, for the storm is another test. */
const CONNECT_PER_SECOND = 800;

/** Draws the world, makes it in the service, and connects everybody who is not away. */
export async function stageWorld(
  profile: Profile,
  service: { api: Api; liveUrl: string },
  push: PushKeys | null,
  folder: string,
): Promise<StagedWorld> {
  const drawn = drawWorld(profile);
  const contacts = countContacts(drawn);
  const startedAt = Date.now();
  const { people: posters, circles } = await populate(service.api, drawn, push);
  const memberships = drawn.circles.reduce((sum, { members }) => sum + members.length, 0);
  console.log(
    `buji: made ${posters.length} people in ${circles.length} circles (${memberships} memberships) in ${secondsSince(startedAt)} s`,
  );
  const present = posters.filter((_, index) => drawn.people[index]?.isAway === false);
  const every = Math.max(1, Math.floor(present.length / Math.max(1, profile.sampleSockets)));
  const sample = present.filter((_, index) => index % every === 0).slice(0, profile.sampleSockets);
  const isSampled = new Set(sample.map(({ id }) => id));
  const seats = present
    .filter(({ id }) => !isSampled.has(id))
    .map(({ id, token, circles: own }) => ({ person: id, token, circles: own }));
  const path = resolve(folder, 'world.json');
  writeFileSync(path, JSON.stringify({ posters, sample }), { mode: 0o600 });
  const sink = profile.hasSockets ? await connectSink(seats, service.liveUrl, folder) : null;
  const readers = new Map(posters.flatMap((poster) => poster.circles.map((circle) => [circle, poster])));
  const described = {
    people: posters.length,
    circles: circles.length,
    sockets: profile.hasSockets ? present.length : 0,
    away: posters.length - present.length,
    meanContacts: contacts.reduce((sum, one) => sum + one, 0) / contacts.length,
    largestContacts: Math.max(...contacts),
  };
  return { posters, sample, circles, readers, path, sink, described };
}

async function connectSink(seats: object[], liveUrl: string, folder: string): Promise<Obedient> {
  const seatsPath = join(folder, 'seats.json');
  writeFileSync(seatsPath, JSON.stringify(seats), { mode: 0o600 });
  const sink = launchObedient('load-tests/sink/main.ts');
  const startedAt = Date.now();
  const urls = [`${liveUrl.replace(/^http/, 'ws')}/v1/live`];
  const { ready, sockets } = await sink.ask<{ ready: number; sockets: number }>({
    do: 'connect',
    urls,
    seats: seatsPath,
    perSecond: CONNECT_PER_SECOND,
  });
  console.log(`buji: ${ready} of ${sockets} sockets synced in ${secondsSince(startedAt)} s`);
  if (ready < sockets) throw new Error(`${sockets - ready} sockets were refused`);
  return sink;
}

function secondsSince(startedAt: number): string {
  return ((Date.now() - startedAt) / 1_000).toFixed(1);
}
