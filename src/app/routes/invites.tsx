import type { FastifyInstance } from 'fastify';
import { AppError } from '../../contract/app-error.ts';
import { CreateInvite } from '../../contract/circles.ts';
import { checkForm, checkId, readField } from '../form.ts';
import { handOver, readHandover } from '../handover-cookie.ts';
import { drawQr } from '../qr.ts';
import { InviteScreen } from '../screens/invite.tsx';
import { requireViewer, type Site } from '../site.tsx';
import { say } from '../words.tsx';
import { findCircle } from './circles.tsx';

type ById = { Params: { id: string } };

/** A link that was just made, and by whom: on a shared phone somebody else may look by then. */
interface InviteLink {
  person: string;
  url: string;
  expiresAt: string;
  maxUses: number;
}

/** Making an invite and showing it to the one who made it. */
export function inviteRoutes(app: FastifyInstance, site: Site): void {
  app.get<ById>('/circles/:id/invite', async (request, reply) => {
    const visit = await site.visit(request, reply);
    const viewer = requireViewer(visit);
    const circle = await findCircle(site, viewer, checkId(request.params.id));
    if (circle.role !== 'keeper' && circle.invites !== 'members') throw new AppError('not-keeper');
    const { person } = viewer;
    const link = readHandover(request, isInviteLink);
    const invite = link?.person === person.id ? { ...link, qr: await drawQr(link.url) } : null;
    const { words } = visit;
    return site.show(reply, visit, {
      title: say(words, 'invite.title', { circle: circle.name }),
      kind: 'invite',
      hasSecret: true,
      body: <InviteScreen words={words} person={person.id} circle={circle} invite={invite} />,
    });
  });

  app.post<ById>('/circles/:id/invites', async (request, reply) => {
    const visit = await site.visit(request, reply);
    const viewer = requireViewer(visit);
    const id = checkId(request.params.id);
    const wish = { expiresInHours: readNumber(request.body, 'expiresInHours'), maxUses: readNumber(request.body, 'maxUses') };
    const { url, expiresAt, maxUses } = await site.backend.createInvite(request, viewer, id, checkForm(CreateInvite, wish));
    const path = `/circles/${id}/invite`;
    const link: InviteLink = { person: viewer.person.id, url, expiresAt, maxUses };
    handOver(reply, path, link, { secure: site.isSecure });
    return reply.redirect(path, 303);
  });

  app.get<ById>('/circles/:id/invites', (request, reply) => reply.redirect(`/circles/${checkId(request.params.id)}/invite`, 303));
}

function readNumber(body: unknown, name: string): number | undefined {
  const text = readField(body, name);
  return text === undefined ? undefined : Number(text);
}

function isInviteLink(value: unknown): value is InviteLink {
  if (typeof value !== 'object' || value === null) return false;
  const { person, url, expiresAt, maxUses } = value as Partial<Record<string, unknown>>;
  return (
    typeof person === 'string' &&
    typeof url === 'string' &&
    URL.canParse(url) &&
    !Number.isNaN(Date.parse(String(expiresAt))) &&
    Number.isInteger(maxUses)
  );
}
