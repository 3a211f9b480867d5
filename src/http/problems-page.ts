import { ERRORS } from '../contract/errors.ts';
import type { App } from './app.ts';

/**
 * `GET /problems`: what the `type` of every problem answer points to (RFC 9457, section 3.1.1: it should lead to words for
 * people). Plain HTML without script and style; titles and codes are our own and hold no markup.
 */
export async function registerProblemsPage(app: App): Promise<void> {
  const page = renderPage();
  app.get('/problems', { schema: { hide: true } }, async (_request, reply) =>
    reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').serializer(String).send(page),
  );
}

function renderPage(): string {
  const entries = Object.entries(ERRORS).map(([code, { status, title, retry }]) => {
    const advice = retry
      ? 'The same request may succeed later: wait the seconds that <code>Retry-After</code> names, then send it again.'
      : 'Sending the same request again does not help.';
    return `<h2 id="${code}"><code>${code}</code></h2>\n<p>${status}: ${title}. ${advice}</p>`;
  });
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Problems – Buji</title></head>
<body>
<h1>Problems</h1>
<p>Every refusal of the API has one of these codes. <a href="/docs">The calls themselves</a>.</p>
${entries.join('\n')}
</body>
</html>
`;
}
