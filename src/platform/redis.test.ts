import { pino } from 'pino';
import { uuidv7 } from 'uuidv7';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { waitFor } from '../testing/wait-for.ts';
import { openWire, type Wire } from '../testing/wire.ts';
import { type ConnectionKind, type Connections, createConnections } from './redis.ts';

let wire: Wire;
let connections: Connections;
let warnings: string[];
beforeEach(async () => {
  wire = await openWire(inject('redisUrl'));
  warnings = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => void warnings.push(line) });
  connections = createConnections(wire.url, log);
});
afterEach(async () => {
  await connections.close();
  await wire.close().catch(() => undefined);
});

async function openReady(kind: ConnectionKind) {
  const redis = connections.open(kind);
  await waitFor(() => redis.status === 'ready');
  return redis;
}

describe('a connection for requests', () => {
  it.each(['commands', 'producer'] as const)('(%s) fails within two seconds when Redis does not answer', async (kind) => {
    const redis = await openReady(kind);
    wire.block(true);
    const startedAt = performance.now();
    await expect(redis.get('x')).rejects.toThrow();
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  it('fails at once while Redis is away, and works again when it is back', async () => {
    const redis = await openReady('commands');
    await wire.close();
    await waitFor(() => redis.status !== 'ready');
    const startedAt = performance.now();
    await expect(redis.get('x')).rejects.toThrow();
    expect(performance.now() - startedAt).toBeLessThan(500);
    await wire.mend();
    await waitFor(() => redis.get(`test-${uuidv7()}`).then(() => true));
  });
});

describe('a patient connection', () => {
  it.each(['patient', 'worker'] as const)('(%s) waits until Redis is back', async (kind) => {
    const redis = await openReady(kind);
    await wire.close();
    await waitFor(() => redis.status !== 'ready');
    const key = `test-${uuidv7()}`;
    const answer = redis.set(key, '1', 'EX', 60);
    await wire.mend();
    expect(await answer).toBe('OK');
  });
});

describe('runId', () => {
  it('is the one that Redis says, and is asked for once', async () => {
    const redis = await openReady('commands');
    const runId = await connections.runId();
    expect(await redis.info('server')).toContain(`run_id:${runId}`);
    wire.block(true);
    expect(await connections.runId()).toBe(runId);
  });

  it('is asked for again after any connection was lost', async () => {
    const redis = await openReady('commands');
    await connections.runId();
    wire.cut();
    await waitFor(() => redis.status !== 'ready');
    await waitFor(() => redis.status === 'ready');
    wire.block(true);
    await expect(connections.runId()).rejects.toThrow();
    wire.block(false);
    expect(await waitFor(() => connections.runId())).toMatch(/^[0-9a-f]{40}$/);
  });

  it('opens no connection of its own while Redis is away, however often it is asked', async () => {
    const redis = await openReady('commands');
    await wire.close();
    await waitFor(() => redis.status !== 'ready');
    for (let index = 0; index < 20; index++) await expect(connections.runId()).rejects.toThrow();
    await wire.mend();
    await waitFor(() => connections.runId());
    expect(wire.count()).toBe(1);
  });

  it('waits with a patient connection', async () => {
    const redis = await openReady('patient');
    await wire.close();
    await waitFor(() => redis.status !== 'ready');
    const runId = connections.runId();
    await wire.mend();
    expect(await runId).toMatch(/^[0-9a-f]{40}$/);
  });

  it('can be asked for before anything is connected', async () => {
    connections.open('patient');
    expect(await connections.runId()).toMatch(/^[0-9a-f]{40}$/);
  });
});

describe('close', () => {
  it('gives answers that are due, and ends within two seconds when Redis does not answer', async () => {
    const redis = await openReady('patient');
    const answer = redis.get('x');
    await connections.close();
    expect(await answer).toBeNull();

    connections = createConnections(wire.url, pino({ level: 'silent' }));
    await openReady('patient');
    wire.block(true);
    const startedAt = performance.now();
    await connections.close();
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});

describe('open', () => {
  it('is over once everything is closed: a worker on such a connection would spin for ever', async () => {
    await connections.close();
    expect(() => connections.open('worker')).toThrow(expect.objectContaining({ name: 'AbortError' }));
    connections = createConnections(wire.url, pino({ level: 'silent' }));
  });
});

describe('the log', () => {
  it('has one line a second at most about a Redis that is away', async () => {
    await Promise.all([openReady('patient'), openReady('worker'), openReady('subscriber')]);
    const startedAt = performance.now();
    await wire.close();
    await waitFor(() => warnings.length > 0);
    await wire.mend();
    await waitFor(() => wire.count() === 3);
    expect(warnings.length).toBeLessThanOrEqual(1 + Math.ceil((performance.now() - startedAt) / 1_000));
  });
});
