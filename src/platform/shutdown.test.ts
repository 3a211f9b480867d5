import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { waitFor } from '../testing/wait-for.ts';
import { createShutdown, type ShutdownOptions } from './shutdown.ts';

/** A shutdown whose steps write down what they do, with signals and a clock of its own. */
function setUp(options: ShutdownOptions = {}) {
  const signals = new EventEmitter();
  const clock = { ms: 0 };
  const done: string[] = [];
  const errors: unknown[] = [];
  const exits: number[] = [];
  const log = { info: () => undefined, error: (line: { step?: string }) => void errors.push(line.step) };
  const shutdown = createShutdown(log, { signals, exit: (code) => exits.push(code), now: () => clock.ms, ...options });
  const step = (name: string) => async () => void done.push(name);
  return { shutdown, signals, clock, done, errors, exits, step };
}

const never = () => new Promise(() => undefined);

describe('createShutdown', () => {
  it('closes what was added last first, one after the other', async () => {
    const { shutdown, done, step } = setUp();
    shutdown.add('redis', step('redis'));
    shutdown.add('queues', async () => {
      await Promise.resolve();
      await Promise.resolve();
      done.push('queues');
    });
    shutdown.add('http', () => void done.push('http'));
    expect(await shutdown.run('test')).toBe(true);
    expect(done).toEqual(['http', 'queues', 'redis']);
  });

  it('runs once, however often it is asked', async () => {
    const { shutdown, done, step } = setUp();
    shutdown.add('redis', step('redis'));
    expect(await Promise.all([shutdown.run('a'), shutdown.run('b')])).toEqual([true, true]);
    await shutdown.run('c');
    expect(done).toEqual(['redis']);
  });

  it('goes on after a step that fails, throws or hangs, and says which', async () => {
    const { shutdown, done, errors, step } = setUp();
    shutdown.add('redis', step('redis'));
    shutdown.add('hangs', never, 10);
    shutdown.add('fails', () => Promise.reject(new Error('cannot')));
    shutdown.add('throws', () => {
      throw new Error('cannot');
    });
    expect(await shutdown.run('test')).toBe(false);
    expect(done).toEqual(['redis']);
    expect(errors).toEqual(['throws', 'fails', 'hangs']);
  });

  it('begins every step even when the time for the whole is over', async () => {
    const { shutdown, done, errors, clock } = setUp({ wholeLimitMs: 1_000 });
    shutdown.add('redis', () => {
      done.push('redis');
      return never();
    });
    shutdown.add('slow', () => {
      clock.ms = 5_000;
    });
    expect(await shutdown.run('test')).toBe(false);
    expect(done).toEqual(['redis']);
    expect(errors).toEqual(['redis']);
  });

  it('also closes what an interrupted start adds while it runs', async () => {
    const { shutdown, done, step } = setUp();
    shutdown.add('first', async () => shutdown.add('late', step('late')));
    await shutdown.run('test');
    expect(done).toEqual(['late']);
  });
});

describe('signals', () => {
  it.each(['SIGINT', 'SIGTERM'])('%s closes everything, then ends the process', async (signal) => {
    const { shutdown, signals, done, exits, step } = setUp();
    shutdown.add('redis', step('redis'));
    shutdown.listen();
    signals.emit(signal);
    await waitFor(() => exits.length);
    expect(done).toEqual(['redis']);
    expect(exits).toEqual([0]);
  });

  it('end with 1 when something did not close', async () => {
    const { shutdown, signals, exits } = setUp();
    shutdown.add('fails', () => Promise.reject(new Error('cannot')));
    shutdown.listen();
    signals.emit('SIGTERM');
    await waitFor(() => exits.length);
    expect(exits).toEqual([1]);
  });

  it('take a second one within a second for the same press, and a later one as an order to end at once', () => {
    const { shutdown, signals, clock, exits } = setUp();
    shutdown.add('slow', never);
    shutdown.listen();
    signals.emit('SIGINT');
    clock.ms = 900;
    signals.emit('SIGINT');
    signals.emit('SIGTERM');
    expect(exits).toEqual([]);
    clock.ms = 1_001;
    signals.emit('SIGINT');
    expect(exits).toEqual([1]);
  });
});
