import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';

/**
 * One Lua script: `run(redis, keys, args)` sends EVALSHA and, when the server does not know it (a restart, `SCRIPT FLUSH`),
 * the whole text. Each call stands alone, so calls may share a pipeline without one of them going missing.
 */
export interface Script {
  run(redis: Redis, keys: string[], args: (string | number)[]): Promise<unknown>;
}

/** Joins the parts (shared functions first) into one script. Parts are the texts of `.lua` files. */
export function defineScript(...parts: string[]): Script {
  const lua = parts.join('\n');
  const sha = createHash('sha1').update(lua).digest('hex');
  return {
    async run(redis, keys, args) {
      try {
        return await redis.evalsha(sha, keys.length, ...keys, ...args);
      } catch (error) {
        if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
        return await redis.eval(lua, keys.length, ...keys, ...args);
      }
    },
  };
}
