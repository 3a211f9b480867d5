import { mkdir } from 'node:fs/promises';
import { ConfigError, readConfig } from './config.ts';
import { createApp } from './http/app.ts';
import { registerOpenApi } from './http/openapi.ts';
import { registerProblemsPage } from './http/problems-page.ts';
import { sessionPlugin } from './http/session.ts';
import { startEmbeddedRedis } from './platform/embedded-redis.ts';
import { createLogger } from './platform/logger.ts';
import { createMetrics } from './platform/metrics.ts';
import { createConnections } from './platform/redis.ts';
import { createShutdown } from './platform/shutdown.ts';
import { loadVapid } from './push/vapid-keys.ts';
import type { Context } from './roles/context.ts';
import { startLive } from './roles/live.ts';
import { registerOperations } from './roles/operations.ts';
import { startWeb } from './roles/web.ts';
import { startWorkerRole } from './roles/worker.ts';
import { createKeys } from './store/keys.ts';
import { createSessions } from './store/sessions.ts';

/** Nobody is answered 503 only because we have just started; with Redis away that is the answer, and the right one. */
const REDIS_WAIT_MS = 5_000;

/** Reads the configuration, starts the chosen roles, stops in order; nothing else. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLogger(config.logLevel);
  const shutdown = createShutdown(log);
  shutdown.listen();
  const now = () => new Date();

  await mkdir(config.dataDir, { recursive: true });
  const redisUrl = config.redis.url ?? (await startPrivateRedis());
  const connections = createConnections(redisUrl, log);
  shutdown.add('redis connections', connections.close);
  const keys = createKeys(config.redis.keyPrefix);
  const metrics = createMetrics(log);
  const { publicUrl, vapid: configured, dataDir } = config;
  const vapid = await loadVapid({ configured, dataDir, publicUrl });
  const context: Context = { config, log, metrics, connections, keys, vapid, shutdown, now };

  const app = await createApp({ log, trustProxy: config.trustProxy, publicUrl, observe: metrics.observeHttp });
  await registerOpenApi(app);
  await registerProblemsPage(app);
  await app.register(sessionPlugin, { sessions: createSessions(connections.open('commands'), keys), publicUrl, now });
  await registerOperations(app, context);
  if (config.roles.has('worker')) await startWorkerRole(context);
  if (config.roles.has('web')) await startWeb(app, context);
  shutdown.add('http', () => app.close());
  // After the listener, so that it is closed before it: a server waits for its open sockets.
  if (config.roles.has('live')) await startLive(app, context);
  await connections.whenReady(REDIS_WAIT_MS);
  const address = await app.listen({ host: config.host, port: config.port });
  log.info({ roles: [...config.roles], address }, `Buji is running: open ${publicUrl ?? toLocalUrl(address)}`);

  async function startPrivateRedis(): Promise<string> {
    const redis = await startEmbeddedRedis({ dataDir: config.dataDir, maxMemoryBytes: config.redis.maxMemoryBytes, log });
    shutdown.add('private redis', redis.stop, 20_000);
    return redis.url;
  }
}

/** What a person on this machine can open, where the address is that of all interfaces. */
function toLocalUrl(address: string): string {
  return address.replace('0.0.0.0', 'localhost').replace('127.0.0.1', 'localhost').replace('[::]', 'localhost');
}

main().catch((error: unknown) => {
  // Before there is a logger, or because there can be none: one line that a person can act on.
  const text = error instanceof ConfigError || !(error instanceof Error) ? String(error) : (error.stack ?? error.message);
  process.stderr.write(`buji: ${text}\n`);
  process.exit(1);
});
