import { createECDH, randomBytes } from 'node:crypto';
import { Api, forAll } from '../contenders/api.ts';
import { buji, startBuji } from '../contenders/buji.ts';
import { type Running, scriptPath } from '../contenders/contender.ts';
import { Child } from '../lib/child.ts';
import { SHAPES } from '../lib/world.ts';
import { layOutColumns } from '../report.ts';
import { type Step, Trial } from '../trial.ts';
import { type Judged, judgeNone } from '../verdict.ts';
import type { Row } from './all.ts';
import { cpuOf } from './on-buji.ts';

/** As in the load tests' world. */
const SUBSCRIBED_SHARE = 0.3;
const RATE = 1_000;
/** The second alert comes 20 to 30 s after the first: a step has both. */
const SECONDS = 40;
const QUICK_SECONDS = 10;
const SETTLE_SECONDS = 6;

/**
 * What alerts add: the same posts to the same sockets, before and after three people in ten have a phone with alerts on at a push
 * service on this machine. The comparison is without them, for no rival has any; this row has no target, only its ledger.
 */
export const alerts: Row = async (isQuick, given) => {
  const workload = given.workload ?? 'quiet';
  const shape = isQuick && workload === 'quiet' ? { ...SHAPES.quiet, groups: 60 } : SHAPES[workload];
  const seconds = isQuick ? QUICK_SECONDS : SECONDS;
  const sink = new Child<{ kind: 'count' }>(scriptPath('rows/push-sink.ts'));
  const askSink = () => sink.ask<{ port: number; count: number }>({ kind: 'count' });
  try {
    const origin = `http://127.0.0.1:${(await askSink()).port}`;
    const withSink = { ...buji, start: (dir: string) => startBuji(dir, shape, { PUSH_ALLOWED_HOSTS: origin }) };
    const trial = await Trial.start(withSink, shape);
    try {
      await trial.warmUp();
      await trial.connect(0, shape.groups * shape.members);
      await trial.settle(SETTLE_SECONDS);
      const without = await trial.step(given.rate ?? RATE, seconds);
      const phones = await subscribe(trial.running, origin);
      const before = (await askSink()).count;
      const withAlerts = await trial.step(given.rate ?? RATE, seconds);
      const pushes = (await askSink()).count - before;
      const rows = [describe('without alerts', without, 0), describe(`alerts on ${phones} phones`, withAlerts, pushes)];
      const head = ['', 'CPU-s per 1,000 posts', 'of it worker', 'p50 ms', 'p99 ms', 'lost', 'pushes'];
      const more = `alerts add ${(((cpuPerPost(withAlerts) - cpuPerPost(without)) / cpuPerPost(without)) * 100).toFixed(0)} % of processor time at ${given.rate ?? RATE} posts a second`;
      const judged: Judged[] = [
        judgeNone('deliveries lost while alerts go out', withAlerts.lost),
        judgeNone('deliveries that came twice', withAlerts.doubled),
      ];
      return {
        text: `${layOutColumns([head, ...rows])}\n${more}`,
        data: { workload, without, withAlerts, pushes, phones },
        judged,
      };
    } finally {
      await trial.stop();
    }
  } finally {
    sink.stop();
  }
};

function describe(what: string, step: Step, pushes: number): string[] {
  const worker = ((step.cpuSeconds['worker'] ?? 0) / step.accepted) * 1_000;
  const { p50, p99, lost } = step;
  return [what, (cpuPerPost(step) * 1_000).toFixed(3), worker.toFixed(3), p50.toFixed(1), p99.toFixed(1), `${lost}`, `${pushes}`];
}

function cpuPerPost(step: Step): number {
  return cpuOf(step) / step.accepted;
}

/** Turns alerts on for three in ten, evenly spread. @returns how many */
async function subscribe({ world, postPort }: Running, origin: string): Promise<number> {
  const phone = createECDH('prime256v1');
  phone.generateKeys();
  const keys = { p256dh: phone.getPublicKey('base64url'), auth: randomBytes(16).toString('base64url') };
  const chosen = world.people.filter(
    (_, index) => Math.floor(index * SUBSCRIBED_SHARE) !== Math.floor((index + 1) * SUBSCRIBED_SHARE),
  );
  const api = new Api(postPort);
  await forAll(chosen, ({ token }, index) =>
    api.put('/v1/push/subscription', { endpoint: `${origin}/phone/${index}`, keys }, token),
  );
  await api.close();
  return chosen.length;
}
