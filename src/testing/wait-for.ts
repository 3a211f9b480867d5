import { setTimeout as delay } from 'node:timers/promises';

/** Short enough that a test does not feel it, long enough not to drown what it waits for. */
const pollIntervalMs = 10;

type Falsy = false | 0 | '' | null | undefined;

/**
 * Asks until `condition` answers something truthy, and answers that. A condition that throws counts as "not yet".
 * @throws {Error} after `timeoutMs`, naming what was awaited and, as its cause, what the condition threw last.
 */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  { timeoutMs = 10_000, describe = String(condition) }: { timeoutMs?: number; describe?: string | (() => string) } = {},
): Promise<Exclude<T, Falsy>> {
  const deadline = performance.now() + timeoutMs;
  let lastError: unknown;
  do {
    try {
      const value = await condition();
      if (value) return value as Exclude<T, Falsy>;
      lastError = undefined;
    } catch (error) {
      lastError = error;
    }
    await delay(pollIntervalMs);
  } while (performance.now() < deadline);
  const awaited = typeof describe === 'string' ? describe : describe();
  throw new Error(`waited ${timeoutMs} ms in vain for: ${awaited}`, { cause: lastError });
}
