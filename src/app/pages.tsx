import formbody from '@fastify/formbody';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../contract/app-error.ts';
import { ERRORS } from '../contract/errors.ts';
import { RETRY_AFTER_MIN_SECONDS } from '../contract/limits.ts';
import { answerRoutes } from './routes/answer.tsx';
import { circleSettingsRoutes } from './routes/circle-settings.tsx';
import { circleRoutes } from './routes/circles.tsx';
import { eraseRoutes } from './routes/erase.tsx';
import { helpRoutes } from './routes/help.tsx';
import { homeRoutes } from './routes/home.tsx';
import { inviteRoutes } from './routes/invites.tsx';
import { joinRoutes } from './routes/join.tsx';
import { manifestRoutes } from './routes/manifest.ts';
import { moveRoutes } from './routes/move.tsx';
import { peopleRoutes } from './routes/people.tsx';
import { settingsRoutes } from './routes/settings.tsx';
import { ErrorScreen, OtherPersonScreen } from './screens/error.tsx';
import { createSite, OtherPersonError, type PagesOptions, type Site, type Visit } from './site.tsx';
import { serveFiles } from './static-files.ts';
import { say } from './words.tsx';

/** A form of ours is below 4 KiB as JSON; percent-encoding writes a Japanese letter (3 bytes) in 9. */
const FORM_MAX_BYTES = 12 * 1024;

/**
 * The pages: everything that a person sees, rendered here and working without script. A Fastify plugin with its own scope:
 * forms are read and errors shown as pages here only, the API beside it keeps its JSON. Expects the cookie plugin and the
 * origin check on the instance that it is registered on.
 */
export async function pages(app: FastifyInstance, options: PagesOptions): Promise<void> {
  const site = createSite(options);
  await app.register(formbody, { bodyLimit: FORM_MAX_BYTES });
  app.addHook('onRoute', (route) => {
    route.schema = Object.assign({}, route.schema, { hide: true });
  });
  app.setErrorHandler((error, request, reply) => showError(site, error, request, reply));
  homeRoutes(app, site);
  answerRoutes(app, site);
  peopleRoutes(app, site);
  manifestRoutes(app, site);
  moveRoutes(app, site);
  helpRoutes(app, site);
  settingsRoutes(app, site);
  eraseRoutes(app, site);
  circleRoutes(app, site);
  circleSettingsRoutes(app, site);
  inviteRoutes(app, site);
  joinRoutes(app, site);
  await serveFiles(app, options.assets.directory);
  app.get('/*', (request, reply) => {
    if (request.url.startsWith('/v1/') || !request.headers.accept?.includes('text/html')) return reply.callNotFound();
    throw new AppError('not-found');
  });
}

async function showError(site: Site, error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { code, refusal, isBug } = site.explain(error);
  if (isBug) request.log.error({ err: error, requestId: request.id, route: request.routeOptions.url }, 'bug');
  // With the store away nobody can be recognised: the page is then shown as to a stranger.
  const visit = await site.recognise(request, reply).catch((): Visit => site.meet(request));
  const { words } = visit;
  const isLook = request.method === 'GET';
  if (ERRORS[code].retry) reply.header('retry-after', refusal.retryAfterSeconds ?? RETRY_AFTER_MIN_SECONDS);
  return site.show(reply, visit, {
    title: say(words, 'error.title'),
    status: ERRORS[code].status,
    path: isLook ? request.url : '/',
    body:
      error instanceof OtherPersonError && visit.viewer ? (
        <OtherPersonScreen words={words} nickname={visit.viewer.person.nickname} />
      ) : (
        <ErrorScreen
          words={words}
          code={code}
          // Who only looked has nothing to send again.
          text={code === 'unavailable' && isLook ? 'error.busy' : `error.${code}`}
          requestId={request.id}
          next={isLook ? request.url : '/'}
        />
      ),
  });
}
