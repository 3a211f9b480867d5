import { readdirSync, readFileSync } from 'node:fs';

/** USER_HZ: 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/** Seconds of processor time that a process has used, in user and kernel mode (proc(5), `stat`, 14 and 15); null where there is none. */
export function readCpuSeconds(pid: number): number | null {
  const fields = readStat(pid);
  return fields && (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** Resident memory of a process in bytes (proc(5), `status`); null where there is no such process. */
export function readMemoryBytes(pid: number): number | null {
  const kib = /^VmRSS:\s+(\d+)/m.exec(readText(`/proc/${pid}/status`))?.[1];
  return kib === undefined ? null : Number(kib) * 1_024;
}

/** A process and all that descend from it (nginx' workers). */
export function withDescendants(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const fields = readStat(Number(name));
    if (fields) parents.set(Number(name), Number(fields[1]));
  }
  const found = [pid];
  for (const parent of found) for (const [child, of] of parents) if (of === parent) found.push(child);
  return found;
}

/** Fields from the third on: the name before them may hold spaces and parentheses. */
function readStat(pid: number): string[] | null {
  const text = readText(`/proc/${pid}/stat`);
  return text ? text.slice(text.lastIndexOf(')') + 2).split(' ') : null;
}

/** Empty where the process has ended, or the system has no /proc. */
function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
