import { readCpuSeconds, readMemoryBytes } from '../../processes/proc.ts';

/** Seconds of processor time that these processes have used; one that has ended counts as none. */
export function sumCpuSeconds(pids: number[]): number {
  return pids.reduce((sum, pid) => sum + (readCpuSeconds(pid) ?? 0), 0);
}

/** Resident memory of these processes in MiB; one that has ended counts as none. */
export function sumMemoryMib(pids: number[]): number {
  return pids.reduce((sum, pid) => sum + (readMemoryBytes(pid) ?? 0), 0) / 1_024 ** 2;
}
