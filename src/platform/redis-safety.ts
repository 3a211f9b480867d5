import type { Redis } from 'ioredis';

export interface RedisSafety {
  /** Whether nothing is known that could lose or evict an acknowledged status. */
  safe: boolean;
  /** Plain sentences for an operator: what is unsafe and what to set, and what could not be checked (which alone is not unsafe). */
  problems: string[];
}

interface Finding {
  isUnsafe: boolean;
  text: string;
}

/**
 * Asks Redis whether it keeps what it acknowledges: append-only file with an fsync before each answer, writable, no eviction,
 * a primary. Never throws: a Redis that does not answer is a problem like the others. A managed Redis may forbid CONFIG, or
 * even INFO; what cannot be checked is said and does not count as unsafe, because nobody could then ever run on it.
 */
export async function checkRedisSafety(redis: Redis): Promise<RedisSafety> {
  try {
    const [info, appendfsync] = await Promise.all([
      unlessForbidden(redis.info()),
      unlessForbidden(readSetting(redis, 'appendfsync')),
    ]);
    const findings = judgeRedis(info, appendfsync);
    return { safe: !findings.some(({ isUnsafe }) => isUnsafe), problems: findings.map(({ text }) => text) };
  } catch (error) {
    return { safe: false, problems: [`Redis does not answer: ${error instanceof Error ? error.message : String(error)}`] };
  }
}

/** What is to be said about a Redis with this INFO and this `appendfsync`; null where Redis would not tell. */
export function judgeRedis(info: string | null, appendfsync: string | null): Finding[] {
  const findings: Finding[] = [];
  const unsafe = (text: string) => findings.push({ isUnsafe: true, text });
  const note = (text: string) => findings.push({ isUnsafe: false, text });

  if (info === null) {
    note(
      'cannot check persistence and eviction: this Redis user may not run INFO; make sure of appendonly and noeviction yourself',
    );
  } else {
    const field = (name: string) => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1];
    if (field('loading') === '1') unsafe('Redis is still loading its data');
    if (field('role') === 'slave') unsafe('this Redis is a replica: REDIS_URL must name the primary');
    if (field('aof_enabled') === '0')
      unsafe('appendonly is "no": acknowledged statuses would be lost with Redis; set it to "yes"');
    if (field('aof_last_write_status') === 'err') unsafe('the last write to the append-only file failed: look at the disk');
    const policy = field('maxmemory_policy');
    if (policy && policy !== 'noeviction')
      unsafe(`maxmemory-policy is "${policy}": Redis may drop statuses; set it to "noeviction"`);
    if (field('maxmemory') === '0')
      note('maxmemory is not set: the system may end Redis when memory runs out; set it below what the machine has');
  }
  if (appendfsync === null) {
    note('cannot check appendfsync: this Redis user may not run CONFIG GET; make sure that it is "always"');
  } else if (appendfsync !== 'always') {
    unsafe(`appendfsync is "${appendfsync}": acknowledged statuses could be lost in a crash; set it to "always"`);
  }
  return findings;
}

async function readSetting(redis: Redis, name: string): Promise<string | null> {
  const [, value] = (await redis.config('GET', name)) as string[];
  return value ?? null;
}

/** The answer, or null where Redis does not let this user ask (an ACL, or a command that was taken out by renaming it). */
async function unlessForbidden<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && /^(NOPERM|ERR unknown command)/.test(error.message)) return null;
    throw error;
  }
}
