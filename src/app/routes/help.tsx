import type { FastifyInstance } from 'fastify';
import { ChangePerson } from '../../contract/people.ts';
import { checkForm, readField } from '../form.ts';
import { COUNTRY_COOKIE, guessCountry } from '../reader-country.ts';
import { HelpScreen } from '../screens/help.tsx';
import type { Site } from '../site.tsx';
import { say } from '../words.tsx';

const HELP = '/help';

/** The emergency numbers and what helps besides: for everybody, and also while the store is away. */
export function helpRoutes(app: FastifyInstance, site: Site): void {
  app.get(HELP, async (request, reply) => {
    const visit = await site.visit(request, reply).catch(() => site.meet(request));
    const { words, country } = visit;
    const guess = guessCountry(request.headers['accept-language']);
    // Shown as nobody's in particular: the phone keeps this page for whoever holds it.
    return site.show(
      reply,
      { ...visit, viewer: undefined },
      { title: say(words, 'help.title'), body: <HelpScreen words={words} country={country} guess={guess} /> },
    );
  });

  app.post('/country', async (request, reply) => {
    const { viewer } = await site.visit(request, reply);
    const { country = '' } = checkForm(ChangePerson, { country: readField(request.body, 'country') });
    if (viewer) await site.backend.changePerson(viewer, { country });
    else site.keepWish(reply, COUNTRY_COOKIE, country);
    return reply.redirect(HELP, 303);
  });
}
