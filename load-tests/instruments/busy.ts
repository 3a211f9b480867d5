import { performance } from 'node:perf_hooks';

export interface Busy {
  /** Share of one core that this process used. */
  cpu: number;
  /** Share of the time that the event loop was not waiting; near 1, what is measured here is measured late. */
  loop: number;
}

/** How busy this process was between two readings: a sink that is the bottleneck measures itself. */
export function createBusyMeter(): { read(): Busy } {
  let at = performance.now();
  let used = process.cpuUsage();
  let loop = performance.eventLoopUtilization();
  return {
    read() {
      const now = performance.now();
      const { user, system } = process.cpuUsage(used);
      const busy = { cpu: (user + system) / 1_000 / (now - at), loop: performance.eventLoopUtilization(loop).utilization };
      at = now;
      used = process.cpuUsage();
      loop = performance.eventLoopUtilization();
      return { cpu: round(busy.cpu), loop: round(busy.loop) };
    },
  };
}

function round(share: number): number {
  return Math.round(share * 1_000) / 1_000;
}
