/**
 * `npm run dev`: builds the phone app and the server on every change, restarts the service, and makes a small town at the
 * first start. Its data lie in `.data/dev`, apart from those of `npm start`. Ctrl-C stops everything.
 */
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { watchBuild } from './dev/build.mjs';
import { createService } from './dev/service.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const port = process.env.PORT ?? '3000';
const baseUrl = `http://127.0.0.1:${port}`;
const dataDir = process.env.DATA_DIR ?? '.data/dev';
mkdirSync(dataDir, { recursive: true });

const service = createService({ LOG_LEVEL: 'debug', ...process.env, PORT: port, DATA_DIR: dataDir }, baseUrl);
const builds = await watchBuild({
  onBuilt: () => service.restart(),
  onError: (message) => console.error(`buji: the build failed, the service stays as it is:\n${message}`),
});

let isStopping = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, async () => {
    if (isStopping) return;
    isStopping = true;
    await Promise.all([builds.close(), service.stop()]);
    process.exit(0);
  });
}
