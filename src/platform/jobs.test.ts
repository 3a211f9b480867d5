import { describe, expect, it } from 'vitest';
import { laneOf, PROVIDERS, QUEUES } from './jobs.ts';

describe('QUEUES', () => {
  it('gives help a way of its own at every step', () => {
    const others = [QUEUES.fanout(0), QUEUES.alerts, ...PROVIDERS.map(QUEUES.push), QUEUES.chores];
    const help = [QUEUES.help, QUEUES.alertsHelp, ...PROVIDERS.map(QUEUES.pushHelp)];
    expect(new Set([...others, ...help]).size).toBe(others.length + help.length);
    // BullMQ takes no colon in a queue's name.
    expect([...others, ...help].some((name) => name.includes(':'))).toBe(false);
  });
});

describe('laneOf', () => {
  it('gives a way of its own to help alone', () => {
    expect((['ok', 'evacuated', 'hurt', 'help'] as const).map(laneOf)).toEqual(['fanout', 'fanout', 'fanout', 'help']);
  });
});
