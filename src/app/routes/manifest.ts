import type { FastifyInstance } from 'fastify';
import { languageOf } from '../../i18n/locales.ts';
import type { Site } from '../site.tsx';
import { say } from '../words.tsx';

const ICON = { src: '/icon-512.png', type: 'image/png', sizes: '512x512' };

/**
 * What a phone puts on its home screen (W3C Web Application Manifest), in the language of the cookie that comes with it, which is
 * the person's own: nobody is looked up for it. A long press offers what is wanted on the day: the four buttons, under their
 * question and not under the words of one of them, for it sends nothing yet; and the boards. Its `id` names the app for
 * good: with another one every phone would have it twice.
 */
export function manifestRoutes(app: FastifyInstance, site: Site): void {
  app.get('/manifest.webmanifest', (request, reply) => {
    const { words } = site.meet(request);
    return reply
      .type('application/manifest+json')
      .header('cache-control', 'no-cache')
      .header('vary', 'Cookie, Accept-Language')
      .send({
        id: '/',
        name: 'Buji 無事',
        short_name: 'Buji',
        description: say(words, 'landing.what'),
        lang: languageOf(words.locale),
        dir: 'ltr',
        start_url: '/',
        scope: '/',
        display: 'standalone',
        background_color: '#101418',
        theme_color: '#101418',
        icons: [
          { src: '/icon.svg', type: 'image/svg+xml', sizes: 'any' },
          { src: '/icon-192.png', type: 'image/png', sizes: '192x192' },
          ICON,
          // Android cuts it to any shape: the drawing keeps to the inner four fifths.
          { ...ICON, purpose: 'maskable' },
        ],
        shortcuts: [
          { name: say(words, 'home.title'), url: '/' },
          { name: say(words, 'home.circles'), url: '/circles' },
        ],
      });
  });
}
