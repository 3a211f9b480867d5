import { createECDH, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Api, forAll } from '../contenders/api.ts';
import { startBuji } from '../contenders/buji.ts';
import { type Running, scriptPath } from '../contenders/contender.ts';
import { Child } from '../lib/child.ts';
import { monotonicMicros } from '../lib/clock.ts';
import { readCpuSeconds } from '../lib/processes.ts';
import { makeStatusId } from '../lib/status-id.ts';
import type { World } from '../lib/world.ts';
import type { Row } from './all.ts';

const MEMBERS = 46;
const LIMIT_MS = 120_000;
const POLL_MS = 100;
/** Of the circles, one in so many warms the worker up: a fresh process compiles while it works. */
const WARM_UP_SHARE = 4;

/**
 * One status to each circle, a phone with alerts on each member: forty-five pushes for each status, encrypted and signed, to a
 * sink on this machine. Counted against the worker's processor time alone, and the wall clock.
 */
export const push: Row = async (isQuick) => {
  const shape = { groups: isQuick ? 20 : 200, circlesEach: 1, members: MEMBERS };
  const dir = mkdtempSync(join(tmpdir(), 'buji-bench-push-'));
  const sink = new Child<{ kind: 'count' }>(scriptPath('rows/push-sink.ts'));
  const ask = () => sink.ask<{ port: number; count: number }>({ kind: 'count' });
  const origin = `http://127.0.0.1:${(await ask()).port}`;
  const running = await startBuji(dir, shape, { PUSH_ALLOWED_HOSTS: origin });
  try {
    await subscribeAll(running, origin);
    const { circles } = running.world;
    const warming = circles.slice(0, circles.length / WARM_UP_SHARE);
    /** Posts to these circles and waits for their pushes; when the first of them came, by the wall clock. */
    const pushTo = async (some: World['circles']) => {
      const before = (await ask()).count;
      const expected = some.length * (MEMBERS - 1);
      const startedAt = Date.now();
      let firstAt = 0;
      let count = 0;
      await postToEach(running, some);
      while (count < expected && Date.now() - startedAt < LIMIT_MS) {
        await delay(POLL_MS);
        count = (await ask()).count - before;
        if (count > 0 && firstAt === 0) firstAt = Date.now() - POLL_MS;
      }
      return { count, expected, firstAt };
    };
    await pushTo(warming);
    const pids = running.pids()['worker'] ?? [];
    const before = readCpuSeconds(pids);
    const { count, expected, firstAt } = await pushTo(circles.slice(warming.length));
    const cpu = readCpuSeconds(pids) - before;
    const seconds = (Date.now() - firstAt) / 1_000;
    const perCore = count / cpu;
    const text = `${count} of ${expected} pushes, ${perCore.toFixed(0)} per second of the worker's CPU, ${(count / seconds).toFixed(0)} a second by the clock`;
    return { text, data: { count, expected, cpu, seconds, perCore } };
  } finally {
    sink.stop();
    await running.stop();
    rmSync(dir, { recursive: true, force: true });
  }
};

async function subscribeAll({ world, postPort }: Running, origin: string): Promise<void> {
  const api = new Api(postPort);
  await forAll(world.people, ({ token }, index) => {
    const phone = createECDH('prime256v1');
    phone.generateKeys();
    const keys = { p256dh: phone.getPublicKey('base64url'), auth: randomBytes(16).toString('base64url') };
    return api.put('/v1/push/subscription', { endpoint: `${origin}/phone/${index}`, keys }, token);
  });
  await api.close();
}

async function postToEach({ world, postPort }: Running, circles: World['circles']): Promise<void> {
  const api = new Api(postPort);
  await forAll(circles, ({ id, members }, index) => {
    const token = world.people[members[0] ?? 0]?.token;
    return api.post('/v1/statuses', { id: makeStatusId(monotonicMicros(), index), condition: 'ok', circles: [id] }, token);
  });
  await api.close();
}
