import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, inject, it, onTestFinished } from 'vitest';
import { makeTempDir } from '../testing/temp-dir.ts';
import { askRedis, probeRedis } from './redis-probe.ts';
import { redisOptionsFromUrl } from './redis-url.ts';

it('sees which Redis answers, and on which directory', async () => {
  const seen = await probeRedis(redisOptionsFromUrl(inject('redisUrl')).path ?? '');
  expect(seen).toMatchObject({
    isLoading: false,
    dir: expect.stringMatching(/\/redis$/),
    version: expect.stringMatching(/^\d+\./),
  });
});

it('sees that nobody is there', async () => {
  expect(await probeRedis(join(makeTempDir(), 'redis.sock'))).toBe('absent');
});

it('sees that whoever is there is no Redis', async () => {
  const socketPath = join(makeTempDir(), 'redis.sock');
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.end('220 some other service\r\n');
  });
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  expect(await probeRedis(socketPath)).toBe('mute');
});

it('passes the error of a command on', async () => {
  await expect(askRedis(inject('redisUrl'), (redis) => redis.call('NO_SUCH_COMMAND'))).rejects.toThrow('unknown command');
});
