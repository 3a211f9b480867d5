import { Counter, Gauge, type Registry } from 'prom-client';
import { SHED_FROM, type Sheddable } from '../contract/limits.ts';
import type { Pressure } from './pressure.ts';

const KINDS = Object.keys(SHED_FROM) as Sheddable[];

/** How hard it is for this process, and what it refused because of that. */
export function createPressureSeries(registry: Registry) {
  const registers = [registry];
  const shed = new Counter({
    name: 'buji_shed_total',
    help: 'Requests refused because of overload',
    labelNames: ['kind'],
    registers,
  });
  for (const kind of KINDS) shed.inc({ kind }, 0);

  return {
    countShed: (kind: Sheddable) => shed.inc({ kind }),

    trackPressure(pressure: Pick<Pressure, 'readings' | 'sheds'>): void {
      const gauge = (name: string, help: string, read: () => number) =>
        new Gauge({
          name,
          help,
          registers,
          collect() {
            this.set(read());
          },
        });
      gauge(
        'buji_pressure_loop_delay_seconds',
        'By how much timers were late on average',
        () => pressure.readings.loopDelayMs / 1_000,
      );
      gauge('buji_pressure_commit_seconds', 'Mean time of a commit; 0 without any', () => pressure.readings.commitMs / 1_000);
      gauge(
        'buji_pressure_redis_memory_ratio',
        'Memory of Redis by its maxmemory; 0 without one',
        () => pressure.readings.memoryShare,
      );
      new Gauge({
        name: 'buji_shedding',
        help: '1 while work of this kind is refused or put off',
        labelNames: ['kind'],
        registers,
        collect() {
          for (const kind of KINDS) this.set({ kind }, pressure.sheds(kind) ? 1 : 0);
        },
      });
    },
  };
}
