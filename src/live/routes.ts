import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { AppError } from '../contract/app-error.ts';
import { CLOSE, LIVE_PROTOCOL } from '../contract/frames.ts';

const codes = Object.entries(CLOSE).map(([name, code]) => `${code} ${name}`);

/**
 * `GET /v1/live` in the API document, and a clear answer for whoever comes without an upgrade. The upgrade itself never gets
 * here: it is the server's `upgrade` event (`gateway.ts`).
 */
export const liveRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/v1/live',
    {
      schema: {
        tags: ['live'],
        summary: `WebSocket, subprotocol ${LIVE_PROTOCOL}`,
        description: `Close codes 4000–4499: come back; 4500–4999: stop. ${codes.join(', ')}.`,
        response: { 101: Type.Null() },
      },
    },
    async (_request, reply) => {
      void reply.header('upgrade', 'websocket');
      throw new AppError('upgrade-required');
    },
  );
};
