import { Redis } from 'ioredis';
import { startWorker } from '../accept/worker.ts';

/** The naive program's fan-out: one publish per member, on a channel of each person's own, in one pipeline. */
const url = process.env['REDIS_URL'] ?? '';
const redis = new Redis(url, { protocol: 2, enableAutoPipelining: true, maxRetriesPerRequest: null });

startWorker(url, redis, true, (_circle, { text, members }) =>
  Promise.all(members.map((person) => redis.publish(`person:${person}`, text))),
);
