import type { FastifyInstance } from 'fastify';
import { Value } from 'typebox/value';
import { ERRORS } from '../../contract/errors.ts';
import { Id } from '../../contract/ids.ts';
import { readField } from '../form.ts';
import { handOver, readHandover } from '../handover-cookie.ts';
import { ErasedScreen, EraseScreen } from '../screens/erase.tsx';
import { requireViewer, type Site } from '../site.tsx';
import { say } from '../words.tsx';

const ERASED = '/erased';

/** Erasing oneself: what it means, then the deed, then the word that it is done. */
export function eraseRoutes(app: FastifyInstance, site: Site): void {
  app.get('/erase', async (request, reply) => {
    const visit = await site.visit(request, reply);
    const { person } = requireViewer(visit);
    const { words } = visit;
    return site.show(reply, visit, { title: say(words, 'erase.title'), body: <EraseScreen words={words} person={person} /> });
  });

  app.post('/erase', async (request, reply) => {
    const visit = await site.visit(request, reply);
    const viewer = requireViewer(visit);
    const { words } = visit;
    if (readField(request.body, 'sure') !== 'yes') {
      const refusal = 'invalid-request';
      const body = <EraseScreen words={words} person={viewer.person} refusal={refusal} />;
      return site.show(reply, visit, { title: say(words, 'erase.title'), status: ERRORS[refusal].status, path: '/erase', body });
    }
    await site.backend.erasePerson(reply, viewer);
    handOver(reply, ERASED, viewer.person.id, { secure: site.isSecure });
    return reply.redirect(ERASED, 303);
  });

  app.get(ERASED, async (request, reply) => {
    const visit = await site.visit(request, reply);
    if (visit.viewer) return reply.redirect('/', 303);
    const { words } = visit;
    const person = readHandover(request, (value): value is string => Value.Check(Id, value));
    return site.show(reply, visit, { title: say(words, 'erase.done'), body: <ErasedScreen words={words} person={person} /> });
  });
}
