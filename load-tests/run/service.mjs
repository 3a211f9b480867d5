import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const readyLimitMs = 30_000;
const readyPollMs = 50;
/** Longer than the service's own limit for an orderly stop. */
const stopLimitMs = 60_000;

/**
 * Starts the built service for one load test: an empty data directory, a free port, limits out of the way, an operator token
 * that k6 is told too. Its log goes to a file, as a million lines between k6's would help nobody.
 * Answers once it is ready; `stop` removes everything but the log.
 * @throws {Error} if it does not become ready.
 */
export async function startService({ logPath }) {
  const dataDir = mkdtempSync(join(tmpdir(), 'buji-load-'));
  const port = await findFreePort();
  const baseUrl = `http://127.0.0.1:${port}`;
  const operatorToken = randomBytes(24).toString('hex');
  const log = openSync(logPath, 'w');
  const { REDIS_URL: _notTheirs, ...inherited } = process.env; // a load test fills the Redis it is given
  const child = spawn(process.execPath, ['dist/server/main.js'], {
    env: {
      LOG_LEVEL: 'warn',
      LIMITS_SCALE: '1000',
      ...inherited,
      HOST: '127.0.0.1',
      PORT: String(port),
      DATA_DIR: dataDir,
      OPERATOR_TOKEN: operatorToken,
    },
    stdio: ['ignore', log, log],
    detached: true, // Ctrl-C is for k6, which then prints its summary; the service is stopped after it
  });
  closeSync(log);
  const stopAtExit = () => child.kill('SIGTERM');
  process.once('exit', stopAtExit);

  async function stop() {
    const late = setTimeout(() => child.kill('SIGKILL'), stopLimitMs);
    if (isRunning(child) && child.kill('SIGTERM')) await once(child, 'exit');
    clearTimeout(late);
    process.off('exit', stopAtExit);
    rmSync(dataDir, { recursive: true, force: true });
  }

  const deadline = Date.now() + readyLimitMs;
  while (!(await isReady(baseUrl))) {
    if (isRunning(child) && Date.now() < deadline) await delay(readyPollMs);
    else {
      await stop();
      const lastLines = readFileSync(logPath, 'utf8').trimEnd().split('\n').slice(-10).join('\n');
      throw new Error(`the service did not become ready; its log ends with:\n${lastLines}`);
    }
  }
  return { baseUrl, operatorToken, stop };
}

function isRunning(child) {
  return child.exitCode === null && child.signalCode === null;
}

async function isReady(baseUrl) {
  const answer = await fetch(`${baseUrl}/health/ready`).catch(() => undefined);
  return answer?.ok === true;
}

async function findFreePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
