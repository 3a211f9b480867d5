import { setTimeout as delay } from 'node:timers/promises';
import { openFilesMost, socketsMost } from '../lib/open-files.ts';
import type { Shape } from '../lib/world.ts';
import { TARGETS } from '../targets.ts';
import { judge, judgeNone, withoutVerdict } from '../verdict.ts';
import type { Row } from './all.ts';
import { onBuji } from './on-buji.ts';
import { describeStep } from './steps.ts';

const MEMBERS = 46;
/** Pings come every 25 s: by then every socket has had one. */
const IDLE_MS = 30_000;
const QUICK_IDLE_MS = 5_000;
/** Ten thousand sockets: with a thousand, what the process itself grows by is most of it. */
const IDLE_GROUPS = 218;

const WANTED_GROUPS = Math.ceil(TARGETS.socketsMin / MEMBERS);
const QUICK_GROUPS = 66;

export const idleShape = (): Shape => ({ groups: IDLE_GROUPS, circlesEach: 1, members: MEMBERS });
/** As many as there should be, or as the system allows. */
export const manyShape = (isQuick: boolean): Shape => ({
  groups: Math.min(isQuick ? QUICK_GROUPS : WANTED_GROUPS, Math.floor(socketsMost() / MEMBERS)),
  circlesEach: 1,
  members: MEMBERS,
});

/** Memory of idle sockets, all processes together. */
export const idleSockets: Row = async (isQuick) => {
  const shape = idleShape();
  const sockets = shape.groups * MEMBERS;
  return onBuji(shape, async (trial) => {
    const { beforeMib } = await trial.connect(0, sockets);
    await delay(isQuick ? QUICK_IDLE_MS : IDLE_MS);
    const per1000 = ((trial.memoryMib() - beforeMib) / sockets) * 1_000;
    const judged = [
      judge(`memory per 1,000 of ${sockets} idle sockets`, per1000, '≤', TARGETS.idleMibPer1000SocketsMax, 'MiB', 1),
    ];
    return { text: `${sockets} idle sockets: ${per1000.toFixed(1)} MiB per 1,000`, data: { sockets, per1000 }, judged };
  });
};

/** Twenty thousand sockets on the one live process, with posts flowing; fewer only where the system lets no process open as many. */
export const manySockets: Row = async (isQuick) => {
  const shape = manyShape(isQuick);
  const sockets = shape.groups * MEMBERS;
  return onBuji(shape, async (trial) => {
    const startedAt = Date.now();
    await trial.connect(0, sockets);
    const seconds = (Date.now() - startedAt) / 1_000;
    await trial.step(100, 2);
    const step = await trial.step(500, isQuick ? 4 : 20);
    const target = judge('sockets on one live process', sockets, '≥', TARGETS.socketsMin, '', 0);
    const why = isQuick
      ? '--quick opens fewer'
      : `this machine lets no process open more than ${openFilesMost().toLocaleString('en')} files (ulimit -Hn); these were all open`;
    const judged = [
      shape.groups < WANTED_GROUPS ? withoutVerdict(target, why) : target,
      judgeNone('of them closed while posts flowed', step.closed),
      judgeNone('deliveries lost', step.lost),
      judgeNone('deliveries that came twice', step.doubled),
    ];
    const text = `${sockets} sockets in ${seconds.toFixed(1)} s; ${describeStep(step)}`;
    return { text, data: { sockets, seconds, step }, judged };
  });
};
