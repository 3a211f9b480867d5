import type { FastifyInstance } from 'fastify';
import { AppError } from '../../contract/app-error.ts';
import { ChangeCircle, ChangeMember } from '../../contract/circles.ts';
import { ERRORS, type ErrorCode } from '../../contract/errors.ts';
import { checkForm, checkId, readField } from '../form.ts';
import type { Viewer } from '../page-backend.ts';
import { CircleSettingsScreen } from '../screens/circle-settings.tsx';
import { type Page, requireViewer, type Site, type Visit } from '../site.tsx';
import { say } from '../words.tsx';

interface Ids {
  id: string;
  person?: string;
  invite?: string;
}

/** The page beside a circle's board, and what its forms do: one's own face and alerts, members, invites, the circle itself. */
export function circleSettingsRoutes(app: FastifyInstance, site: Site): void {
  const { backend } = site;

  app.get<{ Params: Ids; Querystring: { removed?: string } }>('/circles/:id/settings', async (request, reply) => {
    const visit = await site.visit(request, reply);
    const hasRemoved = request.query.removed !== undefined;
    const page = await makeSettings(site, visit, requireViewer(visit), checkId(request.params.id), { hasRemoved });
    return site.show(reply, visit, page);
  });

  post('/circles/:id/settings', async (viewer, { id }, body) => {
    const change = { name: readField(body, 'name'), invites: readField(body, 'invites') };
    await backend.changeCircle(viewer, id, checkForm(ChangeCircle, change));
  });

  post('/circles/:id/me', async (viewer, { id }, body) => {
    const [emoji, colour] = [readField(body, 'emoji'), readField(body, 'colour')];
    const change = {
      nickname: readField(body, 'nickname'),
      alerts: readField(body, 'alerts'),
      avatar: emoji && colour ? { emoji, colour } : undefined,
    };
    await backend.changeMember(viewer, id, viewer.person.id, checkForm(ChangeMember, change));
  });

  post(
    '/circles/:id/members/:person/role',
    (viewer, { id, person }, body) =>
      backend.changeMember(viewer, id, person, checkForm(ChangeMember, { role: readField(body, 'role') })),
    ({ id, person }) => `/circles/${id}/members/${person}`,
  );

  post(
    '/circles/:id/members/:person/remove',
    (viewer, { id, person }) => backend.removeMember(viewer, id, person),
    ({ id }) => `/circles/${id}/settings?removed=1`,
  );

  post('/circles/:id/invites/:invite/revoke', (viewer, { id, invite }) => backend.revokeInvite(viewer, id, invite));

  post('/circles/:id/invites/revoke', (viewer, { id }) => backend.revokeInvites(viewer, id));

  const goHome = () => '/';
  post('/circles/:id/leave', (viewer, { id }) => backend.removeMember(viewer, id, viewer.person.id), goHome);
  post('/circles/:id/delete', (viewer, { id }) => backend.removeCircle(viewer, id), goHome);

  /** A form of this page, which is shown again afterwards unless `next` says another; a refusal is shown on it. */
  function post(
    path: string,
    act: (viewer: Viewer, ids: Required<Ids>, body: unknown) => Promise<void>,
    next = ({ id }: Required<Ids>) => `/circles/${id}/settings`,
  ): void {
    app.post<{ Params: Ids }>(path, async (request, reply) => {
      const visit = await site.visit(request, reply);
      const viewer = requireViewer(visit);
      const { id, person = id, invite = id } = request.params;
      const ids = { id: checkId(id), person: checkId(person), invite: checkId(invite) };
      try {
        await act(viewer, ids, request.body);
        return await reply.redirect(next(ids), 303);
      } catch (error) {
        const refusal = site.refusalOf(error);
        if (refusal === 'not-found') throw error;
        return site.show(reply, visit, await makeSettings(site, visit, viewer, ids.id, { refusal }));
      }
    });
  }
}

interface Occasion {
  refusal?: ErrorCode;
  /** The reader has just removed somebody. */
  hasRemoved?: boolean;
}

async function makeSettings(
  site: Site,
  { words }: Visit,
  viewer: Viewer,
  id: string,
  { refusal, hasRemoved = false }: Occasion,
): Promise<Page> {
  const [{ circle, members }, alerts] = await Promise.all([site.backend.board(viewer, id), site.backend.alertLevel(viewer, id)]);
  const me = members.find(({ member }) => member.id === viewer.person.id)?.member;
  // Removed between the two looks.
  if (!me) throw new AppError('not-found');
  const mayInvite = circle.role === 'keeper' || circle.invites === 'members';
  const invites = mayInvite ? await site.backend.listInvites(viewer, id) : null;
  // What was made by who is out, or a keeper no more, lets nobody in.
  const inviters = new Set(
    members.filter(({ member }) => circle.invites === 'members' || member.role === 'keeper').map(({ member }) => member.id),
  );
  const isOpenYet = hasRemoved && invites?.some(({ createdBy }) => inviters.has(createdBy)) === true;
  return {
    title: say(words, 'circle.manage.title', { circle: circle.name }),
    status: refusal ? ERRORS[refusal].status : 200,
    path: `/circles/${id}/settings${isOpenYet ? '?removed=1' : ''}`,
    body: (
      <CircleSettingsScreen
        words={words}
        circle={circle}
        me={me}
        alerts={alerts}
        members={members}
        invites={invites}
        isOpenYet={isOpenYet}
        refusal={refusal}
      />
    ),
  };
}
