import { execFileSync, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const SERVER = join(import.meta.dirname, '../../../dist/server/main.js');

/** Processes whose command line names this directory: its private Redis, if one is left. */
function processesOf(dataDir: string): string[] {
  const lines = execFileSync('ps', ['-A', '-o', 'args'], { encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 }).split('\n');
  return lines.filter((line) => line.includes(dataDir));
}

describe('a start that comes to nothing', () => {
  let dataDir: string;
  const busy = createServer();
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'buji-start-'));
    await new Promise<void>((resolve) => busy.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    busy.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  /** Runs the program until it ends; `onLine` may stop it. */
  async function run(env: Record<string, string>, onLine: (line: string, stop: () => void) => void = () => undefined) {
    const child = spawn(process.execPath, [SERVER], {
      env: { PATH: process.env['PATH'] ?? '', HOST: '127.0.0.1', DATA_DIR: dataDir, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      createInterface(stream).on('line', (line) => {
        output.push(line);
        onLine(line, () => child.kill('SIGTERM'));
      });
    }
    const code = await new Promise((resolve) => child.once('exit', resolve));
    return { code, output: output.join('\n') };
  }

  it('leaves no private Redis behind, and says why in one line', async () => {
    const { port } = busy.address() as { port: number };
    const { code, output } = await run({ PORT: String(port) });
    expect(code).toBe(1);
    expect(output).toContain('buji: listen EADDRINUSE');
    expect(processesOf(dataDir)).toEqual([]);
  });

  it('leaves none behind either when it is stopped as soon as Redis is up', async () => {
    let isAsked = false;
    const { output } = await run({ PORT: '0' }, (line, stop) => {
      if (isAsked || !line.includes('the private Redis is up')) return;
      isAsked = true;
      stop();
    });
    expect(output).toContain('stopped');
    expect(processesOf(dataDir)).toEqual([]);
  });

  it('does not begin at all with a value that cannot be used', async () => {
    const { code, output } = await run({ PORT: 'eighty' });
    expect(code).toBe(1);
    expect(output).toContain('buji: PORT must be a whole number');
  });
});
