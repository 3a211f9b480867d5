import type { FastifyInstance } from 'fastify';
import { AppError } from '../../contract/app-error.ts';
import type { ErrorCode } from '../../contract/errors.ts';
import { ERRORS } from '../../contract/errors.ts';
import { PostStatus } from '../../contract/statuses.ts';
import { makeUuidV7 } from '../../contract/uuid-v7.ts';
import { giveAttempt } from '../attempt-cookie.ts';
import { findEmergency } from '../emergency.ts';
import { checkForm, checkId, ownPath, readField, readFields } from '../form.ts';
import { formStatusId } from '../form-status-id.ts';
import type { Viewer } from '../page-backend.ts';
import { OfflineScreen } from '../screens/error.tsx';
import { HomeScreen } from '../screens/home.tsx';
import { LandingScreen } from '../screens/landing.tsx';
import { ResendScreen } from '../screens/resend.tsx';
import { requireViewer, type Site, type Visit } from '../site.tsx';
import { say } from '../words.tsx';

/** The start page with the four buttons, and what they post to. */
export function homeRoutes(app: FastifyInstance, site: Site): void {
  app.get('/', async (request, reply) => {
    const visit = await site.visit(request, reply);
    if (visit.viewer) return site.show(reply, visit, await makeHome(site, visit, visit.viewer));
    const { words } = visit;
    giveAttempt(request, reply, { secure: site.isSecure });
    return site.show(reply, visit, { title: say(words, 'landing.title'), body: <LandingScreen words={words} /> });
  });

  app.get('/offline', async (request, reply) => {
    const visit = await site.visit(request, reply).catch(() => site.meet(request));
    const { words, country } = visit;
    // Shown as nobody's in particular: the phone keeps this page for whoever holds it.
    return site.show(
      reply,
      { ...visit, viewer: undefined },
      {
        title: say(words, 'offline.title'),
        kind: 'offline',
        body: <OfflineScreen words={words} country={country} />,
        path: '/',
      },
    );
  });

  app.post('/statuses', async (request, reply) => {
    const visit = await site.visit(request, reply);
    const viewer = requireViewer(visit);
    try {
      await site.backend.postStatus(viewer, readStatus(request.body));
      return reply.redirect('/', 303);
    } catch (error) {
      const { code, isBug } = site.explain(error);
      if (isBug) request.log.error({ err: error, requestId: request.id }, 'a form could not post a status');
      if (ERRORS[code].retry) return site.show(reply, visit, makeResend(visit, viewer, code, request.body));
      return site.show(reply, visit, await makeHome(site, visit, viewer, code, request.body));
    }
  });

  app.post<{ Params: { id: string } }>('/statuses/:id/retract', async (request, reply) => {
    const visit = await site.visit(request, reply);
    await site.backend.retractStatus(requireViewer(visit), checkId(request.params.id)).catch((error: unknown) => {
      // Taking back twice is taking back.
      if (site.refusalOf(error) !== 'not-found') throw error;
    });
    return reply.redirect(ownPath(readField(request.body, 'back')), 303);
  });
}

function readStatus(body: unknown): PostStatus {
  const circles = readField(body, 'audience') === 'chosen' ? [...new Set(readFields(body, 'circles'))] : undefined;
  if (circles?.length === 0) throw new AppError('no-circle');
  const fields = {
    id: readField(body, 'id'),
    condition: readField(body, 'condition'),
    note: readField(body, 'note'),
    place: readField(body, 'place'),
    circles,
    placeCircles: readField(body, 'placeAudience') === 'chosen' ? [...new Set(readFields(body, 'placeCircles'))] : undefined,
  };
  const status = checkForm(PostStatus, fields);
  return { ...status, id: formStatusId(status.id, status.condition) };
}

async function makeHome(site: Site, { words, textSize }: Visit, viewer: Viewer, refusal?: ErrorCode, body?: unknown) {
  const [circles, last, newDevices] = await Promise.all([
    site.backend.listCircles(viewer),
    site.backend.latestStatus(viewer),
    site.backend.listNewDevices(viewer),
  ]);
  return {
    title: say(words, 'home.title'),
    status: refusal ? ERRORS[refusal].status : 200,
    path: '/',
    data: { last, call: findEmergency(viewer.person.country)[0]?.number },
    body: (
      <HomeScreen
        words={words}
        country={viewer.person.country}
        circles={circles}
        last={last}
        hasNewDevice={newDevices.length > 0}
        hasButtonsFirst={textSize !== 'normal'}
        person={viewer.person.id}
        formId={makeUuidV7()}
        refusal={refusal}
        draft={body === undefined ? undefined : { note: readField(body, 'note'), place: readField(body, 'place') }}
      />
    ),
  };
}

/** Not confirmed: the same status with the same id, to be sent again by one press. */
function makeResend({ words }: Visit, { person }: Viewer, code: ErrorCode, body: unknown) {
  const fields = ['id', 'condition', 'note', 'place', 'audience', 'placeAudience'].map(
    (name) => [name, readField(body, name)] as const,
  );
  const circles = (['circles', 'placeCircles'] as const).flatMap((name) =>
    readFields(body, name).map((id) => [name, id] as const),
  );
  return {
    title: say(words, 'error.title'),
    status: ERRORS[code].status,
    path: '/',
    body: <ResendScreen words={words} person={person.id} code={code} fields={[...fields, ...circles]} />,
  };
}
