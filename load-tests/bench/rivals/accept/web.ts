import { createHash } from 'node:crypto';
import { Queue } from 'bullmq';
import Fastify from 'fastify';
import { Redis } from 'ioredis';
import { KEYS, QUEUE, STATUS_SECONDS, type StatusRecord } from './keys.ts';

/**
 * The HTTP side of both straightforward programs. Sign-in by token, schema, membership checked with each circle, the status
 * stored once per id and on disk before the answer, one BullMQ job per post. The job is added before the answer: whoever got
 * 202 has both, and whoever did not sends the same id again, which adds the job that may be missing.
 */
declare module 'fastify' {
  interface FastifyRequest {
    person: string;
  }
}

const url = process.env['REDIS_URL'] ?? '';
const redis = new Redis(url, { protocol: 2, enableAutoPipelining: true });
const queue = new Queue<{ id: string }>(QUEUE, {
  connection: new Redis(url, { protocol: 2, maxRetriesPerRequest: null }),
  defaultJobOptions: {
    attempts: 5,
    backoff: { type: 'exponential', delay: 500 },
    removeOnComplete: true,
    removeOnFail: { age: 86_400 },
  },
});
const app = Fastify({ logger: false, bodyLimit: 4_096 });
app.decorateRequest('person', '');

const id = { type: 'string', pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$' };
const body = {
  type: 'object',
  required: ['id', 'condition'],
  additionalProperties: false,
  properties: {
    id,
    condition: { enum: ['ok', 'evacuated', 'hurt', 'help'] },
    note: { type: 'string', maxLength: 140 },
    circles: { type: 'array', maxItems: 30, items: id },
  },
};

app.addHook('onRequest', async (request, reply) => {
  const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
  const person = token && (await redis.get(KEYS.session(createHash('sha256').update(token).digest('hex'))));
  if (!person) return reply.code(401).send({ code: 'not-signed-in' });
  request.person = person;
});

app.post<{ Body: Pick<StatusRecord, 'id' | 'condition' | 'note'> & { circles?: string[] } }>(
  '/v1/statuses',
  { schema: { body } },
  async (request, reply) => {
    const { person } = request;
    const { id: statusId, condition, note, circles } = request.body;
    const asked = circles ?? (await redis.smembers(KEYS.circlesOf(person)));
    const isMember = await Promise.all(asked.map((circle) => redis.hexists(KEYS.members(circle), person)));
    const record: StatusRecord = {
      id: statusId,
      author: person,
      condition,
      ...(note && { note }),
      circles: asked.filter((_, index) => isMember[index] === 1),
      acceptedAt: new Date().toISOString(),
    };
    if (record.circles.length === 0) return reply.code(404).send({ code: 'not-found' });
    const isNew = await redis.set(KEYS.status(statusId), JSON.stringify(record), 'EX', STATUS_SECONDS, 'NX');
    const stored = isNew ? record : (JSON.parse((await redis.get(KEYS.status(statusId))) ?? 'null') as StatusRecord | null);
    if (stored?.author !== person) return reply.code(409).send({ code: 'id-taken' });
    await queue.add('deliver', { id: statusId }, { jobId: statusId });
    return reply.code(202).send({ id: stored.id, acceptedAt: stored.acceptedAt, circles: stored.circles });
  },
);

app.get<{ Params: { id: string } }>('/v1/circles/:id/board', async (request, reply) => {
  const { id: circle } = request.params;
  const [members, board] = await Promise.all([redis.hgetall(KEYS.members(circle)), redis.hgetall(KEYS.board(circle))]);
  if (!members[request.person]) return reply.code(404).send({ code: 'not-found' });
  return Object.entries(members).map(([person, member]) => ({
    member: JSON.parse(member) as unknown,
    status: board[person] ? (JSON.parse(board[person]) as unknown) : null,
  }));
});

await app.listen({ port: Number(process.env['PORT']), host: '127.0.0.1' });
