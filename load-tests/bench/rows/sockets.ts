import { setTimeout as delay } from 'node:timers/promises';
import { mostSockets } from '../lib/open-files.ts';
import type { Row } from './all.ts';
import { onBuji } from './on-buji.ts';
import { describeStep } from './steps.ts';

const MEMBERS = 46;
/** Pings come every 25 s: by then every socket has had one. */
const IDLE_MS = 30_000;

/** Memory of idle sockets, all processes together. */
export const idleSockets: Row = async (isQuick) => {
  const shape = { groups: isQuick ? 22 : 218, circlesEach: 1, members: MEMBERS };
  const sockets = shape.groups * MEMBERS;
  return onBuji(shape, async (trial) => {
    const { beforeMib } = await trial.connect(0, sockets);
    await delay(isQuick ? 3_000 : IDLE_MS);
    const per1000 = ((trial.memoryMib() - beforeMib) / sockets) * 1_000;
    return { text: `${sockets} idle sockets: ${per1000.toFixed(1)} MiB per 1,000`, data: { sockets, per1000 } };
  });
};

/** Twenty thousand sockets on the one live process, with posts flowing; fewer only where the system lets no process open as many. */
export const manySockets: Row = async (isQuick) => {
  const shape = { groups: Math.min(isQuick ? 66 : 436, Math.floor(mostSockets() / MEMBERS)), circlesEach: 1, members: MEMBERS };
  const sockets = shape.groups * MEMBERS;
  return onBuji(shape, async (trial) => {
    const startedAt = Date.now();
    await trial.connect(0, sockets);
    const seconds = (Date.now() - startedAt) / 1_000;
    await trial.step(100, 2);
    const step = await trial.step(500, isQuick ? 4 : 20);
    return { text: `${sockets} sockets in ${seconds.toFixed(1)} s; ${describeStep(step)}`, data: { sockets, seconds, step } };
  });
};
