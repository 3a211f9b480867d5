import helmet from '@fastify/helmet';
import Fastify from 'fastify';

/**
 * The headers by which helmet keeps browsers safe, as constants: it is asked once, at the start. Asked for each answer, as its
 * plugin does, it builds the same policy anew every time, which was a twentieth of what posting a status costs this process.
 */
export async function readSecurityHeaders(publicUrl: string | null): Promise<Readonly<Record<string, string>>> {
  const app = Fastify();
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        // Safari before 15.4 does not take wss: for 'self'.
        connectSrc: ["'self'", ...(publicUrl ? [publicUrl.replace(/^http/, 'ws')] : [])],
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: publicUrl?.startsWith('https:') ? { maxAge: 365 * 86_400 } : false,
    xFrameOptions: { action: 'deny' },
    crossOriginEmbedderPolicy: false,
    originAgentCluster: false,
  });
  app.get('/', async (_request, reply) => reply.status(204).send());
  const { headers } = await app.inject('/');
  await app.close();
  const { date, connection, 'content-length': length, ...security } = headers;
  return Object.freeze(Object.fromEntries(Object.entries(security).map(([name, value]) => [name, String(value)])));
}
