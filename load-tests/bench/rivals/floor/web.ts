import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { Redis } from 'ioredis';
import type { World } from '../../lib/world.ts';

/**
 * The floor's HTTP side: a post is appended to its circle's stream and published, both in one pipeline with whatever else came
 * in this turn, and answered once Redis has it. No validation, no sign-in, no board, no idempotency, no queue.
 */
const world = JSON.parse(readFileSync(process.env['WORLD'] ?? '', 'utf8')) as World;
const redis = new Redis(process.env['REDIS_URL'] ?? '', { protocol: 2, enableAutoPipelining: true });
const authors = new Map(
  world.people.map(({ id, token }) => [
    `Bearer ${token}`,
    `{"id":"${id}","nickname":"さくら","avatar":{"emoji":"🌸","colour":"pink"},"role":"member"}`,
  ]),
);

async function accept(body: string, author: string): Promise<string> {
  const { id, condition, note, circles } = JSON.parse(body) as { id: string; condition: string; note: string; circles: string[] };
  const at = new Date().toISOString();
  const words = JSON.stringify({ condition, note, writtenAt: at, acceptedAt: at }).slice(1);
  await Promise.all(
    circles.flatMap((circle) => {
      const event = `{"t":"status","circle":"${circle}","status":{"id":"${id}","author":${author},${words}}`;
      return [redis.xadd(circle, 'MAXLEN', '~', 1_000, '*', 'f', event), redis.publish(circle, event)];
    }),
  );
  return JSON.stringify({ id, acceptedAt: at, circles });
}

createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (chunk: string) => {
    body += chunk;
  });
  request.on('end', () => {
    accept(body, authors.get(request.headers.authorization ?? '') ?? 'null').then(
      (receipt) => {
        response
          .writeHead(202, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(receipt) })
          .end(receipt);
      },
      () => response.writeHead(503, { 'content-length': 0 }).end(),
    );
  });
}).listen(Number(process.env['PORT']), '127.0.0.1');
