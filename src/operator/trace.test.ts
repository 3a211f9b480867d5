import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { uuidv7 } from 'uuidv7';
import { afterAll, expect, inject, it } from 'vitest';
import { keepShardCount } from '../store/shard-count.ts';
import { makeMember, makeRecord, NOW, openStoreWorld } from '../testing/store-world.ts';
import { makeTempDir } from '../testing/temp-dir.ts';

const TRACE = join(import.meta.dirname, '../../dist/server/trace.js');
const world = openStoreWorld('trace');
afterAll(world.close);

/** Runs the built program as an operator does. */
function trace(id: string, env: Record<string, string> = {}): Promise<{ code: number; output: string }> {
  const all = {
    PATH: process.env['PATH'] ?? '',
    REDIS_URL: inject('redisUrl'),
    KEY_PREFIX: world.prefix,
    DATA_DIR: makeTempDir(),
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [TRACE, id], { env: { ...all, ...env } }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, output: stdout + stderr });
    });
  });
}

it('says where a status is, and nothing that anybody wrote or is called', async () => {
  const { id: circle, keeper } = await world.makeCircle('family', makeMember('keeper', '雪'));
  const record = makeRecord(keeper.id, [circle], { note: '体育館にいます', place: '青葉中学校', placeCircles: [circle] });
  await world.stores.statuses.commit(0, 'fanout', [record], uuidv7());
  await world.stores.publishing.publish(circle, [record], NOW);
  const { code, output } = await trace(record.id);
  expect(code).toBe(0);
  expect(output).toContain(`circle    ${circle}, 1 members: on the board`);
  for (const secret of ['体育館', '青葉', '雪', 'Tanaka', keeper.id]) expect(output).not.toContain(secret);
});

it('looks where the store keeps it, whatever number of queue shards this terminal is set to', async () => {
  const record = makeRecord(uuidv7(), [uuidv7()]);
  await keepShardCount(world.redis, world.keys, 1);
  await world.stores.statuses.commit(0, 'fanout', [record], uuidv7());
  for (const shards of ['1', '4', '64']) expect((await trace(record.id, { QUEUE_SHARDS: shards })).code).toBe(0);
});

it('ends with 1 for a status that nobody knows, and for what is no id', async () => {
  expect(await trace(uuidv7())).toMatchObject({ code: 1, output: expect.stringContaining('never accepted here') });
  expect(await trace('what')).toMatchObject({ code: 1, output: expect.stringContaining('npm run trace') });
});

it('ends with 2 where Redis is not there', async () => {
  const away = { REDIS_URL: `unix://${makeTempDir()}/nobody.sock` };
  expect(await trace(uuidv7(), away)).toMatchObject({ code: 2, output: expect.stringContaining('REDIS_URL') });
  expect(await trace(uuidv7(), { REDIS_URL: '' })).toMatchObject({
    code: 2,
    output: expect.stringContaining('is the service running?'),
  });
});
