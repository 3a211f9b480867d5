import type { FastifyReply } from 'fastify';
import { ERRORS } from '../contract/errors.ts';
import type { Viewer } from './page-backend.ts';
import { OtherPersonScreen } from './screens/error.tsx';
import type { Site, Visit } from './site.tsx';
import { say } from './words.tsx';

/** The answer to a form from somebody else's page: the same refusal as the API's for a foreign `x-person`, in words. */
export function showOtherPerson(site: Site, reply: FastifyReply, visit: Visit, { person }: Viewer): Promise<FastifyReply> {
  const body = <OtherPersonScreen words={visit.words} nickname={person.nickname} />;
  return site.show(reply, visit, {
    title: say(visit.words, 'error.title'),
    status: ERRORS['not-signed-in'].status,
    path: '/',
    body,
  });
}
