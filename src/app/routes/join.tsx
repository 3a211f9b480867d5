import type { FastifyInstance } from 'fastify';
import { Value } from 'typebox/value';
import { AppError } from '../../contract/app-error.ts';
import { AcceptInvite, type InvitePreview } from '../../contract/circles.ts';
import { ERRORS, type ErrorCode } from '../../contract/errors.ts';
import { InviteToken } from '../../contract/ids.ts';
import { CreatePerson } from '../../contract/people.ts';
import { dropAttempt, giveAttempt, readAttempt } from '../attempt-cookie.ts';
import { checkForm, readField } from '../form.ts';
import { findInAppBrowser } from '../in-app-browser.ts';
import { chooseCountry } from '../reader-country.ts';
import { JoinGoneScreen, JoinScreen } from '../screens/join.tsx';
import type { Page, Site, Visit } from '../site.tsx';
import { say } from '../words.tsx';
import { leaveWelcome } from './people.tsx';

type ByToken = { Params: { token: string } };

/** Joining a circle by a link: one page, one button. */
export function joinRoutes(app: FastifyInstance, site: Site): void {
  app.get<ByToken>('/join/:token', async (request, reply) => {
    const visit = await site.visit(request, reply);
    const page = await makeJoin(site, visit, request.params.token);
    if (!visit.viewer) giveAttempt(request, reply, { secure: site.isSecure });
    return site.show(reply, visit, page);
  });

  app.post<ByToken>('/join/:token', async (request, reply) => {
    const visit = await site.visit(request, reply);
    const { token } = request.params;
    try {
      if (visit.viewer) {
        const face = checkForm(AcceptInvite, { nickname: readField(request.body, 'nickname') });
        const circle = await site.backend.acceptInvite(visit.viewer, checkToken(token), face);
        return await reply.redirect(`/circles/${circle.id}`, 303);
      }
      // Signed out in another tab: whoever is known already must not become a second person under the same name.
      if (readField(request.body, 'person')) throw new AppError('not-signed-in');
      const person = checkForm(CreatePerson, {
        nickname: readField(request.body, 'nickname'),
        locale: readField(request.body, 'locale') ?? visit.words.locale,
        country: chooseCountry(request.cookies),
        invite: checkToken(token),
        attempt: readAttempt(request),
      });
      const made = await site.backend.createPerson(request, reply, person);
      dropAttempt(request, reply);
      const [circle] = made.circles;
      const next = circle ? `/circles/${circle.id}` : '/';
      leaveWelcome(site, reply, { person: made.person.id, recoveryCode: made.recoveryCode, next, joined: circle?.name });
      return await reply.redirect('/welcome', 303);
    } catch (error) {
      const refusal = site.refusalOf(error);
      const page = await makeJoin(site, visit, token, refusal);
      if (!visit.viewer) giveAttempt(request, reply, { secure: site.isSecure, refusal });
      return site.show(reply, visit, page);
    }
  });
}

async function makeJoin(site: Site, visit: Visit, token: string, refusal?: ErrorCode): Promise<Page> {
  const { words, viewer, request } = visit;
  const path = `/join/${token}`;
  let preview: InvitePreview;
  try {
    preview = await site.backend.previewInvite(request, checkToken(token), readAttempt(request));
  } catch (error) {
    const code = site.refusalOf(error);
    if (code !== 'not-found' && code !== 'invite-expired' && code !== 'invite-used-up') throw error;
    const body = <JoinGoneScreen words={words} code={code} />;
    return { title: say(words, 'join.gone.title'), status: ERRORS[code].status, path, body };
  }
  return {
    title: say(words, 'join.title', { circle: preview.circle.name }),
    status: refusal ? ERRORS[refusal].status : 200,
    path,
    body: (
      <JoinScreen
        words={words}
        token={token}
        preview={preview}
        person={viewer?.person ?? null}
        refusal={refusal}
        nickname={readField(request.body, 'nickname')}
        inApp={findInAppBrowser(request.headers['user-agent'])}
      />
    ),
  };
}

function checkToken(token: string): string {
  if (!Value.Check(InviteToken, token)) throw new AppError('not-found');
  return token;
}
