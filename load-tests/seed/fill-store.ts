import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { CircleKind } from '../../src/contract/circles.ts';

/** A world as the store's own program takes it; members are places in `people`, the keeper first. */
export interface Layout {
  people: { nickname: string }[];
  circles: { kind: CircleKind; name: string; members: number[] }[];
}
/** What it writes with `--credentials`, in the layout's order. */
export interface Credentials {
  people: { id: string; token: string; circles: string[] }[];
  circles: string[];
}

const PROGRAM = new URL('../../dist/server/fill-store.js', import.meta.url).pathname;

/** Has the built program store a layout in the Redis that `env` names. @returns its exit code */
export async function fillStore(
  { people, circles }: Layout,
  flags: string[],
  env: Record<string, string | undefined>,
): Promise<number> {
  const child = spawn(process.execPath, [PROGRAM, ...flags], { env, stdio: ['pipe', 'inherit', 'inherit'] });
  const ended = once(child, 'exit');
  const layout = {
    people: people.map(({ nickname }) => ({ nickname })),
    circles: circles.map(({ kind, name, members }) => ({ kind, name, members })),
  };
  // One that refuses before it has read all says why itself.
  await pipeline(Readable.from([JSON.stringify(layout)]), child.stdin).catch(() => undefined);
  const [code] = await ended;
  return typeof code === 'number' ? code : 1;
}
