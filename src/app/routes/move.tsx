import type { FastifyInstance } from 'fastify';
import { Value } from 'typebox/value';
import { AppError } from '../../contract/app-error.ts';
import { ERRORS, type ErrorCode } from '../../contract/errors.ts';
import { Id } from '../../contract/ids.ts';
import { NewTransferCode, type Person, TransferCode } from '../../contract/people.ts';
import { handOver, readHandover } from '../handover-cookie.ts';
import { drawQr } from '../qr.ts';
import { CodeGoneScreen, EnterScreen, MovedScreen, MoveScreen } from '../screens/move.tsx';
import { type Page, requireViewer, type Site, type Visit } from '../site.tsx';
import { say } from '../words.tsx';

type ByCode = { Params: { code: string } };

/** A code that was just made, and for whom. */
interface HandedCode {
  person: string;
  code: NewTransferCode;
}

const MOVE = '/move';
/** Where signing in by a transfer code leads. */
export const MOVED = '/moved';

/** Taking the sign-in to another phone: making a code here, and using it there. */
export function moveRoutes(app: FastifyInstance, site: Site): void {
  app.get(MOVE, async (request, reply) => {
    const visit = await site.visit(request, reply);
    const { person } = requireViewer(visit);
    const handed = readHandover(request, isHandedCode);
    // Somebody else may have signed in here since: the code is not theirs to see.
    const code = handed?.person === person.id ? handed.code : null;
    const made = code && { ...code, qr: await drawQr(code.url) };
    const { words } = visit;
    const body = <MoveScreen words={words} person={person.id} made={made} />;
    return site.show(reply, visit, { title: say(words, 'move.title'), kind: 'invite', hasSecret: true, body });
  });

  app.post(MOVE, async (request, reply) => {
    const viewer = requireViewer(await site.visit(request, reply));
    const code = await site.backend.createTransferCode(request, viewer);
    handOver(reply, MOVE, { person: viewer.person.id, code } satisfies HandedCode, { secure: site.isSecure });
    return reply.redirect(MOVE, 303);
  });

  app.get(MOVED, async (request, reply) => {
    const visit = await site.visit(request, reply);
    const { person } = requireViewer(visit);
    const { words } = visit;
    return site.show(reply, visit, { title: say(words, 'moved.title'), body: <MovedScreen words={words} person={person} /> });
  });

  app.get<ByCode>('/move/:code', async (request, reply) => {
    const visit = await site.visit(request, reply);
    return site.show(reply, visit, await makeEnter(site, visit, request.params.code));
  });

  app.post<ByCode>('/move/:code', async (request, reply) => {
    const visit = await site.visit(request, reply);
    const { code } = request.params;
    try {
      const person = await site.backend.previewTransfer(request, checkCode(code));
      // Who is there already needs no second session; the code stays for the other phone.
      if (person.id === visit.viewer?.person.id) return await reply.redirect('/', 303);
      await site.backend.signIn(request, reply, { transferCode: code });
      return await reply.redirect(MOVED, 303);
    } catch (error) {
      const refusal = site.refusalOf(error);
      return site.show(reply, visit, await makeEnter(site, visit, code, refusal));
    }
  });
}

async function makeEnter(site: Site, { words, viewer, request }: Visit, code: string, refusal?: ErrorCode): Promise<Page> {
  const shared = { path: `${MOVE}/${encodeURIComponent(code)}`, hasSecret: true };
  let person: Person;
  try {
    person = await site.backend.previewTransfer(request, checkCode(code));
  } catch (error) {
    const gone = site.refusalOf(error);
    if (gone !== 'code-not-valid') throw error;
    const body = <CodeGoneScreen words={words} />;
    return { ...shared, title: say(words, 'enter.gone'), status: ERRORS[gone].status, body };
  }
  const present = viewer?.person ?? null;
  return {
    ...shared,
    title: say(words, 'enter.title'),
    status: refusal ? ERRORS[refusal].status : 200,
    body: <EnterScreen words={words} code={code} person={person} present={present} refusal={refusal} />,
  };
}

function checkCode(code: string): string {
  if (!Value.Check(TransferCode, code)) throw new AppError('code-not-valid');
  return code;
}

function isHandedCode(value: unknown): value is HandedCode {
  const { person, code } = (value ?? {}) as Partial<Record<keyof HandedCode, unknown>>;
  return Value.Check(Id, person) && Value.Check(NewTransferCode, code);
}
