import { timingSafeEqual } from 'node:crypto';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { AppError } from '../contract/app-error.ts';
import { hashSecret } from '../platform/secret.ts';

export interface HealthOptions {
  /** Whether this process can do its work, and in words what is not right. */
  checkReady: () => Promise<{ ready: boolean; problems: string[] }>;
  scrape: () => Promise<{ contentType: string; body: string }>;
  /** Null: operator calls do not exist here. */
  operatorToken: string | null;
}

/** What operators and load balancers ask: alive, ready, metrics. */
export const healthRoutes: FastifyPluginAsyncTypebox<HealthOptions> = async (app, { checkReady, scrape, operatorToken }) => {
  app.get(
    '/health/live',
    { schema: { summary: 'The process is running', response: { 200: Type.Object({ status: Type.Literal('ok') }) } } },
    async () => ({ status: 'ok' as const }),
  );

  const Readiness = Type.Object({ status: Type.Enum(['ok', 'not-ready']), problems: Type.Array(Type.String()) });
  app.get(
    '/health/ready',
    { schema: { summary: 'Redis answers; persistence and eviction are safe', response: { 200: Readiness, 503: Readiness } } },
    async (_request, reply) => {
      const { ready, problems } = await checkReady();
      return reply.status(ready ? 200 : 503).send({ status: ready ? ('ok' as const) : ('not-ready' as const), problems });
    },
  );

  app.get('/metrics', { schema: { summary: 'Prometheus metrics; Bearer OPERATOR_TOKEN' } }, async (request, reply) => {
    if (!isOperator(request.headers.authorization, operatorToken)) throw new AppError('not-found');
    const { contentType, body } = await scrape();
    return reply.type(contentType).serializer(String).send(body);
  });
};

function isOperator(authorization: string | undefined, operatorToken: string | null): boolean {
  if (!operatorToken || !authorization?.startsWith('Bearer ')) return false;
  // Hashing first makes the lengths equal, which timingSafeEqual needs.
  return timingSafeEqual(Buffer.from(hashSecret(authorization.slice(7))), Buffer.from(hashSecret(operatorToken)));
}
