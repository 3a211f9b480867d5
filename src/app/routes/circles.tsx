import type { FastifyInstance } from 'fastify';
import { AppError } from '../../contract/app-error.ts';
import { type Circle, CreateCircle } from '../../contract/circles.ts';
import { ERRORS } from '../../contract/errors.ts';
import { sinceWhen } from '../board-state.ts';
import { checkForm, checkId, readField } from '../form.ts';
import type { Viewer } from '../page-backend.ts';
import { BoardScreen } from '../screens/board.tsx';
import { NewCircleScreen } from '../screens/circle.tsx';
import { HistoryScreen } from '../screens/history.tsx';
import { requireViewer, type Site } from '../site.tsx';
import { say } from '../words.tsx';

type ById = { Params: { id: string } };

/** Circles: making one, its board, what one member sent. */
export function circleRoutes(app: FastifyInstance, site: Site): void {
  // From the home screen: who has one circle means its board.
  app.get('/circles', async (request, reply) => {
    const { viewer } = await site.visit(request, reply);
    if (!viewer) return reply.redirect('/', 303);
    const [circle, ...more] = await site.backend.listCircles(viewer);
    return reply.redirect(circle && more.length === 0 ? `/circles/${circle.id}` : '/#circles-title', 303);
  });

  app.get('/circles/new', async (request, reply) => {
    const visit = await site.visit(request, reply);
    const { person } = requireViewer(visit);
    const { words } = visit;
    const body = <NewCircleScreen words={words} person={person.id} />;
    return site.show(reply, visit, { title: say(words, 'circle.new.title'), body });
  });

  app.post('/circles', async (request, reply) => {
    const visit = await site.visit(request, reply);
    const viewer = requireViewer(visit);
    const draft = { name: readField(request.body, 'name'), kind: readField(request.body, 'kind') };
    try {
      const circle = await site.backend.createCircle(viewer, checkForm(CreateCircle, draft));
      return await reply.redirect(`/circles/${circle.id}/invite`, 303);
    } catch (error) {
      const refusal = site.refusalOf(error);
      const { words } = visit;
      return site.show(reply, visit, {
        title: say(words, 'circle.new.title'),
        status: ERRORS[refusal].status,
        path: '/circles/new',
        body: <NewCircleScreen words={words} person={viewer.person.id} refusal={refusal} draft={draft} />,
      });
    }
  });

  app.get<ById>('/circles/:id', async (request, reply) => {
    const visit = await site.visit(request, reply);
    const viewer = requireViewer(visit);
    const board = await site.backend.board(viewer, checkId(request.params.id));
    const { words } = visit;
    return site.show(reply, visit, {
      title: board.circle.name,
      kind: 'board',
      data: { board, footprints: viewer.person.footprints },
      body: (
        <BoardScreen
          words={words}
          board={board}
          viewerId={viewer.person.id}
          connection={{ state: 'still' }}
          asOf={new Date(words.now).toISOString()}
        />
      ),
    });
  });

  app.get<{ Params: { id: string; person: string } }>('/circles/:id/members/:person', async (request, reply) => {
    const visit = await site.visit(request, reply);
    const viewer = requireViewer(visit);
    const [circleId, personId] = [checkId(request.params.id), checkId(request.params.person)];
    const board = await site.backend.board(viewer, circleId);
    const { circle } = board;
    const member = board.members.find((row) => row.member.id === personId)?.member;
    if (!member) throw new AppError('not-found');
    const statuses = await site.backend.memberStatuses(viewer, circleId, personId);
    const { words } = visit;
    return site.show(reply, visit, {
      title: say(words, 'history.title', { name: member.nickname, circle: circle.name }),
      body: (
        <HistoryScreen
          words={words}
          circle={circle}
          member={member}
          viewerId={viewer.person.id}
          statuses={statuses}
          since={sinceWhen(board, words.now)}
        />
      ),
    });
  });
}

/**
 * One of the viewer's own circles.
 * @throws AppError `not-found` where the viewer is not in it
 */
export async function findCircle(site: Site, viewer: Viewer, id: string): Promise<Circle> {
  const circle = (await site.backend.listCircles(viewer)).find((candidate) => candidate.id === id);
  if (!circle) throw new AppError('not-found');
  return circle;
}
