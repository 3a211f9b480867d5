import { Worker } from 'bullmq';
import { Redis, type Result } from 'ioredis';
import { FEED_EVENTS_MAX, KEYS, QUEUE, type StatusRecord } from './keys.ts';

/** What a program does with an event of a circle, as it is and as text: the step in which the rivals differ. */
export type Deliver = (circle: string, event: { event: object; text: string; members: string[] }) => Promise<unknown>;

/**
 * On the board unless a newer one is there (times are fixed-width text), and in the feed once: a job that runs twice finds
 * itself on the board.
 * KEYS board, feed; ARGV person, status as JSON, acceptedAt, event, most events. Answers the event's id, or nothing.
 */
const PUT = `
local before = redis.call('HGET', KEYS[1], ARGV[1])
if before and string.match(before, '"acceptedAt":"([^"]+)"') >= ARGV[3] then return false end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[5], '*', 'event', ARGV[4])`;
declare module 'ioredis' {
  interface RedisCommander<Context> {
    putStatus(board: string, feed: string, ...args: (string | number)[]): Result<string | null, Context>;
  }
}

/** The worker of both straightforward programs: for each circle membership again, board, feed, and then `deliver`. */
export function startWorker(url: string, redis: Redis, needsMembers: boolean, deliver: Deliver): void {
  redis.defineCommand('putStatus', { numberOfKeys: 2, lua: PUT });

  async function bringTo(circle: string, record: StatusRecord): Promise<void> {
    const [author, members] = await Promise.all([
      redis.hget(KEYS.members(circle), record.author),
      needsMembers ? redis.hkeys(KEYS.members(circle)) : [],
    ]);
    if (!author) return;
    const { id, condition, note, acceptedAt } = record;
    const words = { condition, ...(note && { note }), writtenAt: acceptedAt, acceptedAt };
    const status = { id, author: JSON.parse(author) as unknown, ...words };
    const event = { t: 'status', circle, status };
    const text = JSON.stringify(event);
    const isNew = await redis.putStatus(
      KEYS.board(circle),
      KEYS.feed(circle),
      record.author,
      JSON.stringify({ id, ...words }),
      acceptedAt,
      text,
      FEED_EVENTS_MAX,
    );
    if (isNew) await deliver(circle, { event, text, members });
  }

  const worker = new Worker<{ id: string }>(
    QUEUE,
    async ({ data }) => {
      const text = await redis.get(KEYS.status(data.id));
      if (!text) return;
      const record = JSON.parse(text) as StatusRecord;
      await Promise.all(record.circles.map((circle) => bringTo(circle, record)));
    },
    { connection: new Redis(url, { protocol: 2, maxRetriesPerRequest: null }), concurrency: 50, maxStalledCount: 20 },
  );
  worker.on('error', (error) => console.error(error));
}
