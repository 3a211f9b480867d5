import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { ERRORS } from '../contract/errors.ts';
import type { App } from './app.ts';
import { Problem } from './problem.ts';

/** What every call may answer instead: which codes, the description of the document lists. */
const REFUSAL = {
  description: 'A refusal: `code` says which',
  content: { 'application/problem+json': { schema: { $ref: 'Problem#' } } },
};

/**
 * Makes `/openapi.json` (OpenAPI 3.1) from the schemas of the routes, readable at `/docs`. Register it before the routes;
 * only those under `/v1`, `/health` and `/metrics` are listed.
 */
export async function registerOpenApi(app: App): Promise<void> {
  const codes = Object.entries(ERRORS).map(([code, { status, title }]) => `- \`${code}\` (${status}): ${title}`);
  app.addSchema(Problem);
  await app.register(swagger, {
    refResolver: {
      buildLocalReference: ({ $id }, _baseUri, _fragment, index) => (typeof $id === 'string' ? $id : `def-${index}`),
    },
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Buji',
        version: '1',
        description: `Safety check: short statuses to closed circles.\n\nErrors are RFC 9457 problem details. Their codes:\n${codes.join('\n')}`,
      },
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', description: 'session token' },
          cookie: { type: 'apiKey', in: 'cookie', name: 'session', description: '`__Host-session` on https' },
        },
      },
    },
    transform: ({ schema, url, route }) => {
      const isListed = /^\/(v1|health|metrics)(\/|$)/.test(url);
      const needsSignIn = route.config?.signIn === true;
      return {
        schema: {
          ...schema,
          hide: !isListed,
          ...(isListed && { response: Object.assign({}, schema?.response, { default: REFUSAL }) }),
          ...(needsSignIn && { security: [{ bearer: [] }, { cookie: [] }] }),
        },
        url,
      };
    },
  });
  app.get('/openapi.json', { schema: { hide: true } }, async (_request, reply) => {
    void reply.header('cache-control', 'no-cache').header('access-control-allow-origin', '*');
    return app.swagger();
  });
  await app.register(swaggerUi, { routePrefix: '/docs', staticCSP: true });
}
