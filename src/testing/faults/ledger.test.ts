import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareStatuses } from '../../contract/status-order.ts';
import type { OwnStatus, Status } from '../../contract/statuses.ts';
import { startEmbeddedRedis } from '../../platform/embedded-redis.ts';
import { type Client, must, readBoard } from '../client.ts';
import { type FakePushService, startFakePushService } from '../push-service.ts';
import { type Service, type ServiceProcess, startService } from '../service.ts';
import { waitFor } from '../wait-for.ts';
import { makeWorld, PEOPLE, type World } from './ledger-world.ts';
import { LiveRecorder } from './live-recorder.ts';
import { type LedgerEntry, postTwiceAtOnce, postUntilAnswered } from './poster.ts';
import { lacking } from './seen-by-all.ts';

/** People with an alert subscription: enough to see every circle alerted. */
const WITH_ALERTS = 5;
const POSTS_PER_PERSON = 14;
/** The promise: on every board within 60 s of the last fault's end. */
const SETTLE_MS = 60_000;

describe('an acknowledged status, while everything is killed', () => {
  let dataDir: string;
  let redis: Awaited<ReturnType<typeof startEmbeddedRedis>>;
  let push: FakePushService;
  let service: Service;
  let world: World;
  let recorders: Map<string, LiveRecorder>;
  let subscribed: Client[];
  const ledger: LedgerEntry[] = [];
  let help: LedgerEntry;
  let retracted: LedgerEntry;
  let removedAt = 0;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'buji-ledger-'));
    redis = await startEmbeddedRedis({ dataDir, maxMemoryBytes: 256 * 1024 * 1024, log: pino({ level: 'silent' }) });
    push = await startFakePushService();
    service = await startService({ topology: 'many', redisUrl: redis.url, env: { PUSH_ALLOWED_HOSTS: push.origin } });
    world = await makeWorld(service);
    subscribed = world.people.slice(0, WITH_ALERTS);
    for (const client of subscribed) {
      await must(client, 204, 'PUT', '/v1/push/subscription', push.subscribe('Asia/Tokyo'));
      // By the ladder the third alert of a circle comes after minutes; who wants every status hears of each within the window.
      for (const { circle } of world.circles.filter(({ members }) => members.includes(client)))
        await must(client, 200, 'PATCH', `/v1/circles/${circle.id}/members/${client.person.id}`, { alerts: 'all' });
    }
    recorders = new Map(
      [...world.people, world.leaver, world.stranger].map((client) => [
        client.person.id,
        new LiveRecorder(() => service.next('live'), client.token),
      ]),
    );
    await waitFor(() => [...recorders.values()].every(({ synced }) => synced > 0), {
      describe: 'all sockets synced',
      timeoutMs: 30_000,
    });
    await runTheStream();
  }, 240_000);

  afterAll(async () => {
    for (const recorder of recorders?.values() ?? []) await recorder.stop();
    await service?.stop();
    await push?.close();
    await redis?.stop();
    await rm(dataDir, { recursive: true, force: true });
  }, 60_000);

  /** Everybody posts; meanwhile a worker, Redis, a gateway and a web process are killed; one asks for help, one takes back. */
  async function runTheStream(): Promise<void> {
    const [keeper] = world.circles[0]?.members ?? [];
    const asking = world.people[7] as Client;
    const stream = Promise.all(world.people.map((client, index) => client !== asking && postStream(client, index)));
    let afterHelp: Promise<void> | undefined;
    const faults = async () => {
      const of = (role: string) => service.processes.filter(({ roles }) => roles[0] === role) as [ServiceProcess, ServiceProcess];
      await killAndRestart(of('worker')[0]);
      process.kill(redis.pid, 'SIGKILL');
      help = await postUntilAnswered(asking, 'help');
      ledger.push(help);
      // Nothing newer before all saw it: who only gets a board sees the newest alone.
      afterHelp = wasSeenByAll([help]).then(() => postStream(asking, 7));
      await delay(500);
      await killAndRestart(of('live')[0]);
      retracted = await postUntilAnswered(world.people[8] as Client, 'ok');
      await killAndRestart(of('web')[0]);
      await retract(world.people[8] as Client, retracted.id);
      // Both workers at once: nobody is left to take over.
      await Promise.all(of('worker').map((worker) => worker.kill()));
      if (keeper) await removeLeaver(keeper);
      await delay(500);
      await Promise.all(of('worker').map((worker) => worker.restart()));
      process.kill(redis.pid, 'SIGKILL');
      await Promise.all(of('live').map(killAndRestart));
    };
    await Promise.all([stream, faults()]);
    await afterHelp;
    // One last post of everybody after the last fault, so that each board's end is known.
    ledger.push(...(await Promise.all(world.people.map((client) => postUntilAnswered(client, 'ok')))));
  }

  async function postStream(client: Client, index: number): Promise<void> {
    for (let turn = 0; turn < POSTS_PER_PERSON; turn++) {
      await delay(200 + Math.random() * 600);
      if (turn === 5 && index % 10 === 0) ledger.push(await postTwiceAtOnce(client, 'ok'));
      else
        ledger.push(
          await postUntilAnswered(client, turn % 4 === 3 ? 'evacuated' : 'ok', { abandon: turn === 6 && index % 8 === 1 }),
        );
    }
  }

  async function retract(client: Client, id: string): Promise<void> {
    await waitFor(async () => (await client.call('DELETE', `/v1/statuses/${id}`)).status === 204, {
      describe: 'retracted',
      timeoutMs: 20_000,
    });
  }

  async function removeLeaver(keeper: Client): Promise<void> {
    const path = `/v1/circles/${world.circles[0]?.circle.id}/members/${world.leaver.person.id}`;
    await waitFor(async () => [204, 404].includes((await keeper.call('DELETE', path)).status), {
      describe: 'removed',
      timeoutMs: 20_000,
    });
    removedAt = Date.now();
  }

  /** Acknowledged, in the order of the ledger. */
  const acknowledged = () => ledger.filter((entry) => entry.receipt !== null);
  const toOrder = ({ id, receipt }: LedgerEntry) => ({
    id,
    writtenAt: receipt?.writtenAt ?? '',
    acceptedAt: receipt?.acceptedAt ?? '',
  });

  async function wasSeenByAll(entries: LedgerEntry[]): Promise<void> {
    for (const { circle, members } of world.circles) {
      const sockets = members.map(({ person }) => (recorders.get(person.id) as LiveRecorder).frames);
      for (const entry of entries.filter(({ receipt }) => receipt?.circles.includes(circle.id))) {
        const wanted = { ...toOrder(entry), author: entry.author, condition: entry.condition };
        let count = 0;
        await waitFor(
          async () => {
            if (lacking(circle.id, wanted, sockets, false).length === 0) return true;
            const isInHistory = (await readHistory(circle.id, entry.author)).some(({ id }) => id === entry.id);
            count = lacking(circle.id, wanted, sockets, isInHistory).length;
            return count === 0;
          },
          { timeoutMs: SETTLE_MS, describe: () => `${entry.condition} ${entry.id} in ${circle.name}, not seen by ${count}` },
        );
      }
    }
  }

  /** What the circle was shown of that member, by the eyes of its first. */
  async function readHistory(circle: string, member: string): Promise<Status[]> {
    const reader = world.circles.find((one) => one.circle.id === circle)?.members[0] as Client;
    const path = `/v1/circles/${circle}/members/${member}/statuses?limit=100`;
    const answer = await reader.call<{ statuses: Status[] }>('GET', path).catch(() => null);
    return answer?.status === 200 ? answer.body.statuses : [];
  }

  it('is stored, with the receipt that was given (N1)', async () => {
    expect(acknowledged().length).toBeGreaterThan(PEOPLE * POSTS_PER_PERSON * 0.9);
    for (const entry of acknowledged()) {
      const author = world.people.find(({ person }) => person.id === entry.author) as Client;
      const stored = await must<OwnStatus>(author, 200, 'GET', `/v1/statuses/${entry.id}`);
      expect({ id: stored.id, acceptedAt: stored.acceptedAt, writtenAt: stored.writtenAt }).toEqual({
        id: entry.id,
        acceptedAt: entry.receipt?.acceptedAt,
        writtenAt: entry.receipt?.writtenAt,
      });
    }
  });

  it('is on the board of each of its circles within 60 s, never replaced by an older one (N2)', async () => {
    for (const { circle, members } of world.circles) {
      for (const author of members) {
        const newest = acknowledged()
          .filter((entry) => entry.author === author.person.id && entry.receipt?.circles.includes(circle.id))
          .map(toOrder)
          .sort(compareStatuses)
          .at(-1);
        if (!newest) continue;
        await waitFor(
          async () => {
            const row = (await readBoard(members[0] as Client, circle)).members.find(
              ({ member }) => member.id === author.person.id,
            );
            return row?.status && compareStatuses(row.status, newest) >= 0;
          },
          { timeoutMs: SETTLE_MS, describe: `board of ${circle.name} with ${newest.id}` },
        );
      }
    }
  });

  it('was seen by every socket of its circles, itself, unless it was late and overtaken (N2)', async () => {
    await wasSeenByAll(acknowledged().filter(({ id }) => id !== retracted.id));
  }, 120_000);

  it('exists once, however often it was sent; what was given up exists once or not at all (N4)', async () => {
    for (const { circle, members } of world.circles) {
      for (const author of members) {
        const path = `/v1/circles/${circle.id}/members/${author.person.id}/statuses?limit=100`;
        const readIds = async () =>
          (await must<{ statuses: Status[] }>(members[0] as Client, 200, 'GET', path)).statuses.map(({ id }) => id);
        const expected = acknowledged().filter(
          (entry) => entry.author === author.person.id && entry.receipt?.circles.includes(circle.id),
        );
        // A newer status may be there before an older one, whose worker was killed.
        let ids: string[] = [];
        await waitFor(
          async () => {
            ids = await readIds();
            return expected.every(({ id }) => ids.includes(id));
          },
          { timeoutMs: SETTLE_MS, describe: () => `history with ${expected.map(({ id }) => id)}, not ${ids}` },
        );
        expect(new Set(ids).size).toBe(ids.length);
        const known = new Set(ledger.map(({ id }) => id));
        expect(ids.filter((id) => !known.has(id))).toEqual([]);
      }
    }
  });

  it('was alerted to everybody with alerts, and *help* as such (N3)', async () => {
    for (const client of subscribed) {
      const circles = world.circles.filter(({ members }) => members.includes(client)).map(({ circle }) => circle.id);
      const seesHelp = help.receipt?.circles.some((circle) => circles.includes(circle)) && client.person.id !== help.author;
      const alerts = () => push.delivered().filter(({ payload }) => payload.notification.data.kind === 'help');
      if (seesHelp) await waitFor(() => alerts().length > 0, { describe: 'a help alert', timeoutMs: SETTLE_MS });
    }
    const entitledTo = (entry: LedgerEntry) =>
      subscribed.filter(
        (client) =>
          client.person.id !== entry.author &&
          world.circles.some(({ circle, members }) => entry.receipt?.circles.includes(circle.id) && members.includes(client)),
      ).length;
    // Only the newest of each author is surely in an alert: what it has overtaken is in the history only.
    const inOrder = acknowledged().sort((a, b) => compareStatuses(toOrder(a), toOrder(b)));
    const last = [...new Map(inOrder.map((entry) => [entry.author, entry])).values()];
    for (const entry of last) {
      const author = world.people.find(({ person }) => person.id === entry.author) as Client;
      await waitFor(
        async () =>
          (await must<OwnStatus>(author, 200, 'GET', `/v1/statuses/${entry.id}`)).delivery?.alerted === entitledTo(entry),
        { describe: `${entitledTo(entry)} people alerted of ${entry.id}`, timeoutMs: SETTLE_MS },
      );
    }
    expect(push.faults).toEqual([]);
  });

  it('reached no one outside its circles, and nobody later than 1 s after they were removed (N5)', () => {
    const stranger = recorders.get(world.stranger.person.id) as LiveRecorder;
    const aboutNobody = new Set(['hello', 'synced', 'lag']);
    expect(stranger.frames.filter(({ frame }) => !aboutNobody.has(frame.t))).toEqual([]);
    const leaver = recorders.get(world.leaver.person.id) as LiveRecorder;
    expect(leaver.statusesSince(world.circles[0]?.circle.id ?? '', removedAt + 1_000)).toEqual([]);
    expect(leaver.frames.some(({ frame }) => frame.t === 'status')).toBe(true);
    for (const client of world.people) {
      const mine = new Set(world.circles.filter(({ members }) => members.includes(client)).map(({ circle }) => circle.id));
      const frames = (recorders.get(client.person.id) as LiveRecorder).frames;
      const foreign = frames.filter(({ frame }) => frame.t === 'status' && !mine.has(frame.circle));
      expect(foreign).toEqual([]);
    }
  });

  it('is gone from every board and history once retracted', async () => {
    const author = world.people.find(({ person }) => person.id === retracted.author) as Client;
    expect((await author.call('GET', `/v1/statuses/${retracted.id}`)).status).toBe(404);
    for (const { circle, members } of world.circles.filter(({ members: all }) => all.includes(author))) {
      const path = `/v1/circles/${circle.id}/members/${author.person.id}/statuses?limit=100`;
      await waitFor(
        async () =>
          !(await must<{ statuses: Status[] }>(members[0] as Client, 200, 'GET', path)).statuses.some(
            ({ id }) => id === retracted.id,
          ),
        { describe: 'retracted status gone', timeoutMs: SETTLE_MS },
      );
    }
  });
});

async function killAndRestart(process: ServiceProcess): Promise<void> {
  await process.kill();
  await delay(500);
  await process.restart();
}
