import type { FastifyInstance } from 'fastify';
import { AppError } from '../../contract/app-error.ts';
import { ERRORS, type ErrorCode } from '../../contract/errors.ts';
import { ChangePerson } from '../../contract/people.ts';
import { asLocale } from '../../i18n/locales.ts';
import { checkForm, checkId, ownPath, readField, readFields } from '../form.ts';
import { findInAppBrowser } from '../in-app-browser.ts';
import { findPlatforms } from '../install-steps.ts';
import type { Viewer } from '../page-backend.ts';
import { AlertsScreen } from '../screens/alerts.tsx';
import { SettingsScreen } from '../screens/settings.tsx';
import { LANGUAGE_COOKIE, type Page, requireViewer, type Site, type Visit } from '../site.tsx';
import { asTextSize, TEXT_SIZE_COOKIE } from '../text-size.ts';
import { say } from '../words.tsx';

/** Language, profile, devices, alerts, signing out. */
export function settingsRoutes(app: FastifyInstance, site: Site): void {
  app.post('/language', async (request, reply) => {
    const visit = await site.visit(request, reply);
    const locale = asLocale(readField(request.body, 'locale'));
    if (!locale) throw new AppError('invalid-request');
    if (visit.viewer) await site.backend.changePerson(visit.viewer, { locale });
    // It goes with the browser too, for the pages that it sees before signing in again.
    site.keepWish(reply, LANGUAGE_COOKIE, locale);
    return reply.redirect(ownPath(readField(request.body, 'back')), 303);
  });

  app.post('/text-size', async (request, reply) => {
    site.keepWish(reply, TEXT_SIZE_COOKIE, asTextSize(readField(request.body, 'size')));
    return reply.redirect('/settings', 303);
  });

  app.get('/alerts', async (request, reply) => {
    const visit = await site.visit(request, reply);
    requireViewer(visit);
    const { words } = visit;
    const agent = request.headers['user-agent'];
    return site.show(reply, visit, {
      title: say(words, 'alerts.title'),
      kind: 'alerts',
      body: <AlertsScreen words={words} platforms={findPlatforms(agent)} inApp={findInAppBrowser(agent)} />,
    });
  });

  app.get('/settings', async (request, reply) => {
    const visit = await site.visit(request, reply);
    return site.show(reply, visit, await makeSettings(site, visit, requireViewer(visit)));
  });

  app.post('/settings', async (request, reply) => {
    const visit = await site.visit(request, reply);
    const viewer = requireViewer(visit);
    const fields = ['nickname', 'locale', 'country'].map((name) => [name, readField(request.body, name)]);
    try {
      await site.backend.changePerson(viewer, checkForm(ChangePerson, Object.fromEntries(fields)));
      return await reply.redirect('/settings', 303);
    } catch (error) {
      const refusal = site.refusalOf(error);
      return site.show(reply, visit, await makeSettings(site, visit, viewer, refusal));
    }
  });

  app.post('/settings/footprints', async (request, reply) => {
    const visit = await site.visit(request, reply);
    const viewer = requireViewer(visit);
    const chosen = new Set(readFields(request.body, 'circles'));
    await site.backend.changePerson(viewer, { footprints: readField(request.body, 'footprints') === 'on' });
    for (const { id, footprints } of await site.backend.listCircles(viewer)) {
      if (footprints === chosen.has(id)) continue;
      await site.backend.changeMember(viewer, id, viewer.person.id, { footprints: !footprints });
    }
    return reply.redirect('/settings', 303);
  });

  app.post('/devices/known', async (request, reply) => {
    const visit = await site.visit(request, reply);
    await site.backend.noteNewDevicesSeen(requireViewer(visit), checkId(readField(request.body, 'newest') ?? ''));
    return reply.redirect('/settings#devices', 303);
  });

  app.post<{ Params: { id: string } }>('/devices/:id/sign-out', async (request, reply) => {
    const visit = await site.visit(request, reply);
    const viewer = requireViewer(visit);
    const id = checkId(request.params.id);
    // This one itself: what its phone has kept goes with the page that follows, as after the form for that.
    if (id === viewer.sessionId) {
      await site.backend.signOut(request, reply, viewer);
      return reply.redirect('/', 303);
    }
    await site.backend.signOutDevice(viewer, id);
    return reply.redirect('/settings', 303);
  });

  app.post('/sign-out', async (request, reply) => {
    const { viewer } = await site.visit(request, reply);
    if (viewer) await site.backend.signOut(request, reply, viewer);
    return reply.redirect('/', 303);
  });
}

async function makeSettings(site: Site, { words, textSize }: Visit, viewer: Viewer, refusal?: ErrorCode): Promise<Page> {
  const [devices, newDevices, circles] = await Promise.all([
    site.backend.listDevices(viewer),
    site.backend.listNewDevices(viewer),
    site.backend.listCircles(viewer),
  ]);
  const shown = { words, person: viewer.person, devices, newDevices, circles, textSize, refusal };
  return {
    title: say(words, 'settings.title'),
    status: refusal ? ERRORS[refusal].status : 200,
    path: '/settings',
    body: <SettingsScreen {...shown} />,
  };
}
