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
import { makeStatusId } from '../lib/status-id.ts';
import { sumCpuSeconds } from '../lib/usage.ts';
import type { World } from '../lib/world.ts';
import { layOutColumns, median } from '../report.ts';
import { TARGETS } from '../targets.ts';
import { type Judged, judge, withoutVerdict } from '../verdict.ts';
import type { Row } from './all.ts';

const MEMBERS = 46;
const LIMIT_MS = 120_000;
const POLL_MS = 100;
/** A digest of one status, as Buji writes it, is of this size. */
const PAYLOAD = JSON.stringify({ web_push: 8030, notification: { title: 'x'.repeat(20), body: 'x'.repeat(330) } });

interface Turn {
  /** Pushes per CPU-second. */
  floor: number;
  buji: number;
  bujiWorker: number;
  byClock: number;
}
type Keys = { p256dh: string; auth: string };

/**
 * One status to each circle, a phone with alerts on each member: forty-five pushes for each status, encrypted and signed, to a
 * sink on this machine. Counted against the processor time of the worker and of Redis together, and by turns with a program
 * that does nothing but encrypt and post: what else runs on the machine meanwhile slows down both.
 */
export const push: Row = async (isQuick) => {
  const turns = isQuick ? 1 : 5;
  const circlesATurn = isQuick ? 20 : 40;
  const circlesToWarm = isQuick ? 40 : 120;
  const shape = { groups: circlesToWarm + turns * circlesATurn, circlesEach: 1, members: MEMBERS };
  const dir = mkdtempSync(join(tmpdir(), 'buji-bench-push-'));
  const sink = new Child<{ kind: 'count' }>(scriptPath('rows/push-sink.ts'));
  const floor = new Child<{ origin: string; phones: Keys[]; payload: string; count: number }>(scriptPath('rows/push-floor.ts'));
  const ask = () => sink.ask<{ port: number; count: number }>({ kind: 'count' });
  const origin = `http://127.0.0.1:${(await ask()).port}`;
  const running = await startBuji(dir, shape, { PUSH_ALLOWED_HOSTS: origin });

  async function pushBare(phones: Keys[], count: number): Promise<number> {
    const { cpuSeconds } = await floor.ask<{ cpuSeconds: number }>({ origin, phones, payload: PAYLOAD, count });
    return count / cpuSeconds;
  }

  /** Posts to these circles and waits for their pushes; processor time of each process, and seconds from the first push on. */
  async function pushByBuji(circles: World['circles']) {
    const { worker = [], redis = [] } = running.pids();
    const start = { count: (await ask()).count, worker: sumCpuSeconds(worker), redis: sumCpuSeconds(redis) };
    const expected = circles.length * (MEMBERS - 1);
    const startedAt = Date.now();
    let firstAt = 0;
    let count = 0;
    await postToEach(running, circles);
    while (count < expected && Date.now() - startedAt < LIMIT_MS) {
      await delay(POLL_MS);
      count = (await ask()).count - start.count;
      if (count > 0 && firstAt === 0) firstAt = Date.now() - POLL_MS;
    }
    const seconds = (Date.now() - firstAt) / 1_000;
    if (count !== expected) throw new Error(`${count} of ${expected} pushes came`);
    const [ofWorker, ofRedis] = [sumCpuSeconds(worker) - start.worker, sumCpuSeconds(redis) - start.redis];
    return { buji: count / (ofWorker + ofRedis), bujiWorker: count / ofWorker, byClock: count / seconds };
  }

  try {
    const phones = await subscribeAll(running, origin);
    const { circles } = running.world;
    const count = circlesATurn * (MEMBERS - 1);
    await pushBare(phones, count);
    await pushByBuji(circles.slice(0, circlesToWarm));
    const measured: Turn[] = [];
    for (let turn = 0; turn < turns; turn++) {
      const from = circlesToWarm + turn * circlesATurn;
      measured.push({ floor: await pushBare(phones, count), ...(await pushByBuji(circles.slice(from, from + circlesATurn))) });
    }
    const perCore = median(measured.map(({ buji }) => buji));
    return { text: describe(measured), data: { measured, perCore }, judged: [judgePushes(measured, perCore)] };
  } finally {
    floor.stop();
    sink.stop();
    await running.stop();
    rmSync(dir, { recursive: true, force: true });
  }
};

/** Where encrypting and posting alone cannot reach the target, the machine is too slow or too busy to say anything of Buji. */
function judgePushes(measured: Turn[], perCore: number): Judged {
  const what = "pushes a second of one core's time, the worker's and Redis' together";
  const judged = judge(what, perCore, '≥', TARGETS.pushesPerCoreMin, '', 0);
  const floor = median(measured.map((turn) => turn.floor));
  if (floor >= TARGETS.pushesPerCoreMin) return judged;
  return withoutVerdict(judged, `encrypting and posting alone comes to ${floor.toFixed(0)} here`);
}

function describe(measured: Turn[]): string {
  const row = (what: string, read: (turn: Turn) => number, digits = 0) => {
    const values = measured.map(read);
    const [least, most] = [Math.min(...values).toFixed(digits), Math.max(...values).toFixed(digits)];
    return [what, median(values).toFixed(digits), `${least}–${most}`];
  };
  return layOutColumns([
    ['pushes a second of processor time', 'median', 'range'],
    row('Buji, worker and Redis', ({ buji }) => buji),
    row('Buji, worker alone', ({ bujiWorker }) => bujiWorker),
    row('floor: encrypt and post, nothing else', ({ floor }) => floor),
    row('Buji ÷ floor', ({ buji, floor }) => buji / floor, 2),
    row('Buji, by the clock', ({ byClock }) => byClock),
  ]);
}

/** A phone for each person. @returns their keys */
async function subscribeAll({ world, postPort }: Running, origin: string): Promise<Keys[]> {
  const api = new Api(postPort);
  const phones: Keys[] = [];
  await forAll(world.people, ({ token }, index) => {
    const phone = createECDH('prime256v1');
    phone.generateKeys();
    const keys = { p256dh: phone.getPublicKey('base64url'), auth: randomBytes(16).toString('base64url') };
    phones.push(keys);
    return api.put('/v1/push/subscription', { endpoint: `${origin}/phone/${index}`, keys }, token);
  });
  await api.close();
  return phones;
}

async function postToEach({ world, postPort }: Running, circles: World['circles']): Promise<void> {
  const api = new Api(postPort);
  await forAll(circles, ({ id, members }, index) => {
    const token = world.people[members[0] ?? 0]?.token;
    return api.post('/v1/statuses', { id: makeStatusId(monotonicMicros(), index), condition: 'ok', circles: [id] }, token);
  });
  await api.close();
}
