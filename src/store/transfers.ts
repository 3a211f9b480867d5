import type { Redis } from 'ioredis';
import { TRANSFER_CODE_MINUTES } from '../contract/limits.ts';
import type { Keys } from './keys.ts';
import { createTypedCode, hashTypedCode } from './typed-code.ts';

/** Four groups of four, like the number of a bank card: most people have typed one. */
const CODE_GROUPS = [4, 4, 4, 4];

/** Who made a code, and on which device. */
export interface Transfer {
  person: string;
  session: string;
}
export type TransferStore = ReturnType<typeof createTransfers>;

/**
 * A transfer code, `XXXX-XXXX-XXXX-XXXX`. It carries 80 random bits where a token carries 256, so that it can be typed where
 * no camera helps. That is enough for what it is: it opens one account once, within ten minutes. A million guesses a second,
 * all of those minutes, against a million open codes would find one with a chance of 1 in 2,000,000,000 (each address may make
 * 300 guesses an hour), and a stolen hash would have to be turned around within the same ten minutes.
 */
export function createTransferCode(): string {
  return createTypedCode(CODE_GROUPS);
}

/** Codes that carry a sign-in to another browser. Only their hashes are stored, and Redis forgets those by itself. */
export function createTransfers(redis: Redis, keys: Keys) {
  const keyOf = (code: string) => keys.transfer(hashTypedCode(code));

  return {
    async create(code: string, { person, session }: Transfer): Promise<void> {
      await redis.set(keyOf(code), `${person} ${session}`, 'EX', TRANSFER_CODE_MINUTES * 60);
    },

    /** Whose code this is, without using it up; null when it is unknown, used or over. */
    async find(code: string): Promise<Transfer | null> {
      return parse(await redis.get(keyOf(code)));
    },

    /** Uses a code up. One caller gets the answer, however many ask at once; all others get null. */
    async take(code: string): Promise<Transfer | null> {
      return parse(await redis.getdel(keyOf(code)));
    },
  };
}

function parse(text: string | null): Transfer | null {
  const [person, session] = text?.split(' ') ?? [];
  return person && session ? { person, session } : null;
}
