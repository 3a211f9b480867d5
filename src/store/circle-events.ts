import { randomBytes } from 'node:crypto';
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
    randomBytes(4).toString('hex'),
    FEED_EVENTS_MAX,
  ];
}

/** What a store needs to change a circle. */
export type EmitArgumentsOf = ReturnType<typeof createEmitArguments>;
