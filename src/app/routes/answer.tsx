import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { makeUuidV7 } from '../../contract/uuid-v7.ts';
import { sinceWhen } from '../board-state.ts';
import { findEmergency } from '../emergency.ts';
import { checkId } from '../form.ts';
import { AnswerScreen } from '../screens/answer.tsx';
import { requireViewer, type Site } from '../site.tsx';
import { say } from '../words.tsx';

type ByIds = { Params: { id: string; person?: string } };

/**
 * The page that an alert leads to: what it told of, and the four buttons. Looking posts nothing, for messengers and phones open
 * links by themselves. A reader who is not in the circle (any more) is told the same as for a circle that never was.
 */
export function answerRoutes(app: FastifyInstance, site: Site): void {
  app.get<ByIds>('/answer/:id', show);
  app.get<ByIds>('/answer/:id/:person', show);

  async function show(request: FastifyRequest<ByIds>, reply: FastifyReply): Promise<FastifyReply> {
    const visit = await site.visit(request, reply);
    const viewer = requireViewer(visit);
    const { id, person } = request.params;
    const board = await site.backend.board(viewer, checkId(id));
    // Whoever it told of may have left since: the reader has not, and what they came to say is as welcome.
    const about = person === undefined ? undefined : board.members.find(({ member }) => member.id === checkId(person));
    const [circles, last] = await Promise.all([site.backend.listCircles(viewer), site.backend.latestStatus(viewer)]);
    const { words } = visit;
    const isAnswered = last?.circles?.includes(id) === true && last.writtenAt >= sinceWhen(board, words.now);
    return site.show(reply, visit, {
      title: say(words, 'home.title'),
      data: { last, call: findEmergency(viewer.person.country)[0]?.number },
      body: (
        <AnswerScreen
          words={words}
          board={board}
          about={about}
          circles={circles}
          country={viewer.person.country}
          last={last}
          isAnswered={isAnswered}
          person={viewer.person.id}
          formId={makeUuidV7()}
        />
      ),
    });
  }
}
