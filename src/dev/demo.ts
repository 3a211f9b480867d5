import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readConfig } from '../config.ts';
import { type Api, createApi } from './api.ts';
import { makeTown, type TownRecord } from './make-town.ts';

/**
 * Run by `npm run dev` once the service is up, with the same environment: makes a small world through the HTTP API and prints how to sign in. What was
 * made is kept in DATA_DIR/demo-town.json, so that the next start finds it again; where Redis was emptied since, it is made anew.
 */
async function main(): Promise<void> {
  const { port, dataDir } = readConfig(process.env);
  const baseUrl = `http://127.0.0.1:${port}`;
  const path = join(dataDir, 'demo-town.json');
  const api = createApi(baseUrl);
  const record = (await findTown(api, path)) ?? (await make(api, path));
  const lines = await describe(api, record, baseUrl);
  process.stdout.write(`\n${lines.join('\n')}\n\n`);
}

/** What an earlier start made, if this service still knows it. */
async function findTown(api: Api, path: string): Promise<TownRecord | null> {
  const text = await readFile(path, 'utf8').catch(() => null);
  const record = text === null ? null : parse(text);
  return record && (await api.me(record.door.token)) ? record : null;
}

async function make(api: Api, path: string): Promise<TownRecord> {
  const record = await makeTown(api, Date.now());
  await mkdir(dirname(path), { recursive: true });
  // It holds tokens: nobody else on this machine may read it.
  await writeFile(path, JSON.stringify(record, null, 2), { mode: 0o600 });
  return record;
}

/** A recovery code works once, and the page shows the next one: a person with a second device has used theirs. */
async function describe(api: Api, { people, door }: TownRecord, baseUrl: string): Promise<string[]> {
  const signIns = await Promise.all(
    people
      .filter(({ tryAs }) => tryAs)
      .map(async ({ nickname, token, recoveryCode, tryAs }) => {
        const other = (await api.me(token))?.devices.find((device) => !device.current);
        return `  ${other ? `used by ${other.name}` : `${baseUrl}/recover#code=${recoveryCode}`}  ${nickname} (${tryAs})`;
      }),
  );
  const invite = await api.createInvite(door.token, door.circle);
  return [
    'A small world is there. Sign in by one of these links; each works once, and the page shows the next code:',
    ...signIns,
    `Or join the family as somebody new: ${invite.url}`,
    'To begin anew: stop, remove the data directory, start.',
  ];
}

function parse(text: string): TownRecord | null {
  try {
    return JSON.parse(text) as TownRecord;
  } catch {
    return null; // cut off by a crash
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`buji: could not make the demo town: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
