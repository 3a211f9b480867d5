import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { uuidv7 } from 'uuidv7';
import { afterAll, describe, expect, it } from 'vitest';
import { type Client, createCircle, createClient, joinAll, must, post, readBoard, send, waitForBoard } from '../client.ts';
import { openLive } from '../live-client.ts';
import { type Service, startService } from '../service.ts';
import { waitFor } from '../wait-for.ts';

const services: Service[] = [];
const directories: string[] = [];
afterAll(async () => {
  for (const service of services) await service.stop();
  for (const directory of directories) await rm(directory, { recursive: true, force: true });
});

async function start(...options: Parameters<typeof startService>): Promise<Service> {
  const service = await startService(...options);
  services.push(service);
  return service;
}

/** A short way to come back: the outbox of a phone waits longer. */
const RETRY_MS = 50;

/** Statuses of one author while one process stops: with six processes they stay below what a history keeps (200). */
const POSTS = 25;

/** Posts one status after the other like a phone: the same id again until there is a receipt. Answers the ids. */
async function postMany(client: Client): Promise<string[]> {
  const ids = Array.from({ length: POSTS }, () => uuidv7());
  for (const id of ids) {
    const tryOnce = () => client.call('POST', '/v1/statuses', { id, condition: 'ok' }).catch(() => ({ status: 0 }));
    while ((await tryOnce()).status !== 202) await delay(RETRY_MS);
  }
  return ids;
}

describe('SIGTERM', () => {
  it('loses nothing that was acknowledged, one process after the other', { timeout: 180_000 }, async () => {
    const service = await start();
    const [mum, ...authors] = await Promise.all(
      ['Mum', 'Aki', 'Ken', 'Yui'].map((nickname) => createClient(service, { nickname })),
    );
    if (!mum) throw new Error('nobody');
    const circle = await createCircle(mum);
    await joinAll(mum, circle, authors);
    const ledger = new Map<Client, string[]>(authors.map((author) => [author, []]));
    for (const process of service.processes) {
      const posting = authors.map(async (author) => ledger.get(author)?.push(...(await postMany(author))));
      expect(await process.stop(), process.roles.join()).toBe(0);
      await process.restart();
      await Promise.all(posting);
    }
    for (const [author, posted] of ledger) {
      const ids = await waitFor(
        async () => {
          const found = await listStatuses(mum, circle.id, author);
          return found.length >= posted.length && found;
        },
        { timeoutMs: 60_000, describe: `all that ${author.person.nickname} was told is stored` },
      );
      expect(ids).toHaveLength(posted.length);
      expect(new Set(ids)).toEqual(new Set(posted));
      await waitForBoard(mum, circle, author.person.id, posted.at(-1) ?? '');
    }
    expect(service.processes.flatMap(({ warnings }) => warnings.filter((line) => !/"level":40/.test(line)))).toEqual([]);
  });

  it('asks sockets to come back', async () => {
    const service = await start({ topology: 'one' });
    const client = await createClient(service);
    const circle = await createCircle(client);
    const sockets = await Promise.all(Array.from({ length: 5 }, () => openLive(service.next('live'), client)));
    for (const live of sockets) await live.sync();
    const [process] = service.processes;
    const status = await post(client, 'ok');
    expect(await process?.stop()).toBe(0);
    expect(await Promise.all(sockets.map((live) => live.closed))).toEqual(sockets.map(() => 4000));
    await process?.restart();
    const live = await openLive(service.next('live'), client);
    await live.sync({ [circle.id]: circle.position });
    await live.wait('status', (frame) => frame.status.id === status.id);
  });

  it('answers what it has begun, and takes nothing more', async () => {
    const service = await start({ topology: 'one' });
    const client = await createClient(service);
    await createCircle(client);
    const posting = Array.from({ length: 50 }, () => client.call('POST', '/v1/statuses', { id: uuidv7(), condition: 'ok' }));
    await Promise.race(posting);
    const [process] = service.processes;
    const exit = process?.stop();
    for (const answer of await Promise.allSettled(posting)) {
      if (answer.status === 'fulfilled') expect([202, 503]).toContain(answer.value.status);
    }
    expect(await exit).toBe(0);
    await expect(send(service.origin, 'GET', '/health/live')).rejects.toThrow('fetch failed');
  });
});

describe('a service with its private Redis', () => {
  it('finds everything again on its directory, after an end and after a crash', { timeout: 120_000 }, async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'buji-data-'));
    directories.push(dataDir);
    const service = await start({ topology: 'one', env: { REDIS_URL: '', DATA_DIR: dataDir } });
    const [process] = service.processes;
    const [mum, aki] = await Promise.all(['Mum', 'Aki'].map((nickname) => createClient(service, { nickname })));
    if (!mum || !aki) throw new Error('nobody');
    const circle = await createCircle(mum);
    await joinAll(mum, circle, [aki]);
    const key = await send(service.origin, 'GET', '/v1/push/key');

    for (const end of [() => process?.stop(), () => process?.kill()]) {
      const status = await post(aki, 'evacuated', { note: 'still here' });
      const code = await end();
      if (code !== undefined) expect(code).toBe(0);
      await process?.restart();
      const board = await waitForBoard(mum, circle, aki.person.id, status.id);
      expect(board.counts).toMatchObject({ evacuated: 1, silent: 1 });
      expect(await must(aki, 202, 'POST', '/v1/statuses', status)).toMatchObject({ id: status.id });
      expect((await send(service.origin, 'GET', '/v1/push/key')).body).toEqual(key.body);
    }
    expect((await readBoard(mum, circle)).members).toHaveLength(2);
    expect(await listStatuses(mum, circle.id, aki)).toHaveLength(2);
  });
});

async function listStatuses(reader: Client, circle: string, author: Client): Promise<string[]> {
  const ids: string[] = [];
  for (let query: string | null = '?limit=100'; query; ) {
    const path = `/v1/circles/${circle}/members/${author.person.id}/statuses${query}`;
    const page: { statuses: { id: string }[]; next: string | null } = await must(reader, 200, 'GET', path);
    ids.push(...page.statuses.map(({ id }) => id));
    query = page.next && `?limit=100&before=${page.next}`;
  }
  return ids;
}
