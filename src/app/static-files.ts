import staticFiles from '@fastify/static';
import type { FastifyInstance } from 'fastify';

const YEAR_SECONDS = 365 * 86_400;

/**
 * Serves the built phone app. Hashed files never change and are kept for good; everything else, above all the service
 * worker, is asked for again each time, so that a repair reaches every phone at its next visit.
 */
export async function serveFiles(app: FastifyInstance, directory: string): Promise<void> {
  await app.register(staticFiles, {
    root: directory,
    // Each file gets a route of its own at the start: an unknown address stays for others to answer.
    wildcard: false,
    index: false,
    globIgnore: ['.vite/**', '**/*.gz', '**/*.br'],
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply, path) => {
      const isHashed = path.includes('/assets/');
      void reply.header('cache-control', isHashed ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache');
    },
  });
}
