import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeTempDir } from '../testing/temp-dir.ts';
import { lockDirectory } from './directory-lock.ts';

async function lock(socketPath: string) {
  const answer = await lockDirectory(socketPath);
  if ('release' in answer) onTestFinished(answer.release);
  return answer;
}

/** Another process that listens on the path as a holder would, and says nothing to those who ask. */
async function holdElsewhere(socketPath: string) {
  const program = `require('node:net').createServer().listen(process.argv[1], () => console.log('ready'))`;
  const child = spawn(process.execPath, ['-e', program, socketPath], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child;
}

describe('lockDirectory', () => {
  it('lets one in, tells the next who holds it, and lets the next in after the release', async () => {
    const path = join(makeTempDir(), 'lock');
    const first = await lock(path);
    expect(await lock(path)).toEqual({ heldByPid: String(process.pid) });
    if ('release' in first) await first.release();
    expect(await lock(path)).toHaveProperty('release');
  });

  it('lets exactly one of many in that come at once', async () => {
    const path = join(makeTempDir(), 'lock');
    const answers = await Promise.all(Array.from({ length: 20 }, () => lock(path)));
    expect(answers.filter((answer) => 'release' in answer)).toHaveLength(1);
  });

  it('passes from a holder that was killed, and leaves nothing lying about', async () => {
    const dir = makeTempDir();
    const holder = await holdElsewhere(join(dir, 'lock'));
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    const answers = await Promise.all(Array.from({ length: 20 }, () => lock(join(dir, 'lock'))));
    expect(answers.filter((answer) => 'release' in answer)).toHaveLength(1);
    expect(await readdir(dir)).toEqual(['lock']);
  });

  it('stays with a holder that is too busy to answer', async () => {
    const path = join(makeTempDir(), 'lock');
    const holder = await holdElsewhere(path);
    holder.kill('SIGSTOP');
    expect(await lock(path)).toEqual({ heldByPid: 'unknown' });
  });

  it('minds neither an asker that goes away at once nor one that stays', async () => {
    const path = join(makeTempDir(), 'lock');
    const held = await lock(path);
    const hasty = connect(path);
    await once(hasty, 'connect');
    hasty.destroy();
    const staying = connect({ path, allowHalfOpen: true });
    await once(staying, 'connect');
    onTestFinished(() => void staying.destroy());
    expect(await lock(path)).toEqual({ heldByPid: String(process.pid) });
    if ('release' in held) await held.release();
    expect(await lock(path)).toHaveProperty('release');
  });

  it('throws where there can be no socket', async () => {
    await expect(lockDirectory(join(makeTempDir(), 'missing/lock'))).rejects.toThrow(/EACCES|ENOENT/);
  });
});
