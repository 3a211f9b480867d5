import { randomUUID } from 'node:crypto';
import { FEED_EVENTS_MAX } from '../contract/limits.ts';
import type { Keys } from './keys.ts';

/** The first five arguments of every script that emits an event: see `lua/emit.lua`. */
export type EmitArguments = [channel: string, circle: string, runId: string, newEpoch: string, feedMax: number];

/**
 * Gives those arguments. `runId` is the Redis server's `run_id`; the epoch proposed here is taken only by a circle that last
 * saw another one.
 */
export function createEmitArguments(keys: Keys, runId: () => Promise<string>) {
  return async (circle: string): Promise<EmitArguments> => [
    keys.circle.channel(circle),
    circle,
    await runId(),
    // Version 4: its first 48 bits are random. Node draws for many at once, so it costs a tenth of four random bytes.
    randomUUID().slice(0, 8),
    FEED_EVENTS_MAX,
  ];
}

/** What a store needs to change a circle. */
export type EmitArgumentsOf = ReturnType<typeof createEmitArguments>;
