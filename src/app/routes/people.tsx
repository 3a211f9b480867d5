import type { FastifyInstance, FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { AppError } from '../../contract/app-error.ts';
import { ERRORS } from '../../contract/errors.ts';
import { Id } from '../../contract/ids.ts';
import { CreatePerson, CreateSession, RECOVERY_CODE_MIN } from '../../contract/people.ts';
import { dropAttempt, giveAttempt, readAttempt } from '../attempt-cookie.ts';
import { checkForm, ownPath, readField } from '../form.ts';
import { dropHandover, handOver, readHandover } from '../handover-cookie.ts';
import { chooseCountry } from '../reader-country.ts';
import { RecoverScreen, WelcomeScreen, writeCodeFile } from '../screens/account.tsx';
import { LandingScreen } from '../screens/landing.tsx';
import { requireViewer, type Site, type Visit } from '../site.tsx';
import { say } from '../words.tsx';
import { MOVED } from './move.tsx';

interface Welcome {
  /** Whose code it is: on a shared phone somebody else may look by then. */
  person: string;
  recoveryCode: string;
  /** Where to go once the code is kept. */
  next: string;
  /** The name of the circle that was joined by it. */
  joined?: string | undefined;
}

const WELCOME = '/welcome';
const WELCOME_SCHEMA = Type.Object({ person: Id, recoveryCode: Type.String(), next: Type.String() });

/** Becoming known, and getting back in: starting, the recovery code, signing in by it. */
export function peopleRoutes(app: FastifyInstance, site: Site): void {
  app.get('/start', (_request, reply) => reply.redirect('/', 303));

  app.post('/start', async (request, reply) => {
    const visit = await site.visit(request, reply);
    if (visit.viewer) return reply.redirect('/', 303);
    const nickname = readField(request.body, 'nickname');
    try {
      const locale = readField(request.body, 'locale') ?? visit.words.locale;
      const wish = { nickname, locale, country: chooseCountry(request.cookies), attempt: readAttempt(request) };
      const { person, recoveryCode } = await site.backend.createPerson(request, reply, checkForm(CreatePerson, wish));
      dropAttempt(request, reply);
      leaveWelcome(site, reply, { person: person.id, recoveryCode, next: '/circles/new' });
      return await reply.redirect(WELCOME, 303);
    } catch (error) {
      const refusal = site.refusalOf(error);
      giveAttempt(request, reply, { secure: site.isSecure, refusal });
      return site.show(reply, visit, {
        title: say(visit.words, 'landing.title'),
        status: ERRORS[refusal].status,
        path: '/',
        body: <LandingScreen words={visit.words} refusal={refusal} nickname={nickname} />,
      });
    }
  });

  app.get(WELCOME, async (request, reply) => {
    const visit = await site.visit(request, reply);
    const welcome = readWelcome(visit);
    const screen = (
      <WelcomeScreen
        words={visit.words}
        person={visit.viewer?.person.id ?? null}
        recoveryCode={welcome?.recoveryCode ?? null}
        next={ownPath(welcome?.next)}
        joined={welcome?.joined}
      />
    );
    return site.show(reply, visit, { title: say(visit.words, 'welcome.title'), hasSecret: true, body: screen });
  });

  // A plain link to a file: it works on every phone, and without script.
  app.get(`${WELCOME}/buji-code.txt`, async (request, reply) => {
    const visit = await site.visit(request, reply);
    const { nickname } = requireViewer(visit).person;
    const welcome = readWelcome(visit);
    if (!welcome) throw new AppError('not-found');
    return reply
      .type('text/plain; charset=utf-8')
      .header('content-disposition', 'attachment; filename="buji-code.txt"')
      .header('cache-control', 'no-store')
      .send(writeCodeFile(visit.words, nickname, welcome.recoveryCode, site.originOf(request)));
  });

  app.post(WELCOME, async (request, reply) => {
    const visit = await site.visit(request, reply);
    const welcome = readWelcome(visit);
    if (visit.viewer && welcome) await site.backend.keepRecoveryCode(visit.viewer, welcome.recoveryCode);
    dropHandover(reply, WELCOME);
    return reply.redirect(ownPath(readField(request.body, 'next')), 303);
  });

  app.post('/recovery-code', async (request, reply) => {
    const visit = await site.visit(request, reply);
    const viewer = requireViewer(visit);
    const recoveryCode = await site.backend.renewRecoveryCode(viewer);
    leaveWelcome(site, reply, { person: viewer.person.id, recoveryCode, next: '/settings' });
    return reply.redirect(WELCOME, 303);
  });

  app.get<{ Querystring: { next?: string } }>('/recover', async (request, reply) => {
    const visit = await site.visit(request, reply);
    const { words, viewer } = visit;
    const screen = <RecoverScreen words={words} next={ownPath(request.query.next)} present={viewer?.person ?? null} />;
    return site.show(reply, visit, { title: say(words, 'signin.title'), body: screen });
  });

  app.post('/recover', async (request, reply) => {
    const visit = await site.visit(request, reply);
    const next = ownPath(readField(request.body, 'next'));
    try {
      const session = checkForm(CreateSession, nameCode(readField(request.body, 'recoveryCode')));
      const { person, recoveryCode } = await site.backend.signIn(request, reply, session);
      if (recoveryCode === null) return await reply.redirect(next === '/' ? MOVED : next, 303);
      leaveWelcome(site, reply, { person: person.id, recoveryCode, next });
      return await reply.redirect(WELCOME, 303);
    } catch (error) {
      const code = site.refusalOf(error);
      const refusal = code === 'invalid-request' ? 'code-not-valid' : code;
      return site.show(reply, visit, {
        title: say(visit.words, 'signin.title'),
        status: ERRORS[refusal].status,
        path: '/recover',
        body: <RecoverScreen words={visit.words} next={next} present={visit.viewer?.person ?? null} refusal={refusal} />,
      });
    }
  });
}

/** One field takes either code: a transfer code is the shorter one, however it is typed. */
function nameCode(code = ''): Record<string, string> {
  const length = code.replace(/[^\p{L}\p{N}]/gu, '').length;
  return length < RECOVERY_CODE_MIN ? { transferCode: code } : { recoveryCode: code };
}

/** Leaves the recovery code for `/welcome`, where the 303 after it leads. */
export function leaveWelcome(site: Site, reply: FastifyReply, welcome: Welcome): void {
  handOver(reply, WELCOME, welcome, { secure: site.isSecure });
}

/** What waits for whoever looks; null where it is another person's. */
function readWelcome({ request, viewer }: Visit): Welcome | null {
  const welcome = readHandover(request, isWelcome);
  return welcome && welcome.person === viewer?.person.id ? welcome : null;
}

function isWelcome(value: unknown): value is Welcome {
  return Value.Check(WELCOME_SCHEMA, value);
}
