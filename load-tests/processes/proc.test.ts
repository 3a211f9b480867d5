import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeTempDir } from '../../src/testing/temp-dir.ts';
import { readCpuSeconds, readMemoryBytes, withDescendants } from './proc.ts';

/** A shell under a name that is hard to read, and its own child, which says its number. */
async function startShell(): Promise<{ pid: number; grandchild: number }> {
  const script = `${process.execPath} -e 'console.log(process.pid); setInterval(() => {}, 1000)'; exit`;
  const shell = join(makeTempDir(), 'a) 1 (b');
  symlinkSync('/bin/sh', shell);
  const child = spawn(shell, ['-c', script], { stdio: ['ignore', 'pipe', 'ignore'], detached: true });
  const pid = child.pid ?? 0;
  onTestFinished(() => {
    process.kill(-pid, 'SIGKILL');
  });
  const [line] = await once(child.stdout as NodeJS.ReadableStream, 'data');
  return { pid, grandchild: Number(line) };
}

describe.runIf(existsSync('/proc/self/stat'))('what /proc says', () => {
  it('is what a process has used and holds', () => {
    const { user, system } = process.cpuUsage();
    expect(readCpuSeconds(process.pid)).toBeCloseTo((user + system) / 1_000_000, 0);
    const bytes = readMemoryBytes(process.pid) ?? 0;
    expect(bytes / process.memoryUsage().rss).toBeGreaterThan(0.5);
    expect(bytes / process.memoryUsage().rss).toBeLessThan(2);
  });

  it('is who descends from whom', async () => {
    const { pid, grandchild } = await startShell();
    expect(withDescendants(pid)).toEqual([pid, grandchild]);
    expect(withDescendants(process.pid)).toEqual(expect.arrayContaining([process.pid, pid, grandchild]));
  });

  it('is nothing of a process that there is not', () => {
    const most = 2 ** 22 + 1; // the kernel's greatest process id, and one more
    expect([readCpuSeconds(most), readMemoryBytes(most), withDescendants(most)]).toEqual([null, null, [most]]);
  });
});
