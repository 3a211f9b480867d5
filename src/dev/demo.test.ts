import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Board, Circle } from '../contract/circles.ts';
import { type Service, startService } from '../testing/service.ts';
import { makeTempDir } from '../testing/temp-dir.ts';
import { waitFor } from '../testing/wait-for.ts';

const DEMO = join(import.meta.dirname, '../../dist/server/demo.js');
let service: Service;

beforeAll(async () => {
  service = await startService({ topology: 'one' });
});
afterAll(() => service.stop());

/** Runs the built program as `npm run dev` does, and answers the recovery codes in the sign-in links that it prints. */
async function runDemo(dataDir: string): Promise<{ codes: string[]; output: string }> {
  const env = { ...process.env, PORT: new URL(service.origin).port, DATA_DIR: dataDir };
  const { stdout } = await promisify(execFile)(process.execPath, [DEMO], { env });
  const links = [...stdout.matchAll(/^ {2}(\S+)\/recover#code=((?:[0-9A-Z]{4,}-)+[0-9A-Z]{4,}) /gm)];
  for (const [, origin] of links) expect(origin).toBe(service.origin);
  return { codes: links.map(([, , code = '']) => code), output: stdout };
}

async function signIn(recoveryCode: string): Promise<{ token: string; circles: Circle[] }> {
  const headers = { 'content-type': 'application/json', 'user-agent': 'Firefox/150.0 (Android)' };
  const response = await fetch(`${service.origin}/v1/sessions`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ recoveryCode }),
  });
  expect(response.status).toBe(201);
  return (await response.json()) as { token: string; circles: Circle[] };
}

async function readBoard(token: string, circle: string): Promise<Board> {
  const response = await fetch(`${service.origin}/v1/circles/${circle}/board`, { headers: { authorization: `Bearer ${token}` } });
  return (await response.json()) as Board;
}

it('makes a town once, and prints links by which one can sign in', async () => {
  const dataDir = makeTempDir();
  const first = await runDemo(dataDir);
  expect(first.codes).toHaveLength(3);
  expect(first.output).toMatch(/http:\/\/\S+\/join\/\S+/);
  expect((await runDemo(dataDir)).codes).toEqual(first.codes);

  const { token, circles } = await signIn(first.codes[0] ?? '');
  expect(circles.map(({ name, role }) => `${name} ${role}`).sort((a, b) => a.localeCompare(b))).toEqual([
    '3年2組 member',
    '山田家 keeper',
  ]);
  const [school, family] = ['3年2組', '山田家'].map((name) => circles.find((circle) => circle.name === name)?.id ?? '');
  const board = await waitFor(async () => {
    const read = await readBoard(token, family ?? '');
    return read.counts.silent === 1 && read;
  });
  expect(board.counts).toEqual({ ok: 2, evacuated: 1, hurt: 0, help: 1, silent: 1 });
  // Ana's status is older than a day: there, and counted as silent.
  const ana = await waitFor(
    async () => (await readBoard(token, school ?? '')).members.find(({ member }) => member.nickname === 'Ana')?.status,
  );
  expect(ana.condition).toBe('ok');

  const afterUse = await runDemo(dataDir);
  expect(afterUse.codes).toEqual(first.codes.slice(1));
  expect(afterUse.output).toContain('used by ');
});

it('begins anew where the service no longer knows the town', async () => {
  const dataDir = makeTempDir();
  const first = await runDemo(dataDir);
  const other = await startService({ topology: 'one' });
  const { stdout } = await promisify(execFile)(process.execPath, [DEMO], {
    env: { ...process.env, PORT: new URL(other.origin).port, DATA_DIR: dataDir },
  }).finally(() => other.stop());
  expect(stdout).not.toContain(first.codes[0]);
  expect(stdout).toContain('さくら');
});
