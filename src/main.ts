import { mkdir } from 'node:fs/promises';
import type { Logger } from 'pino';
import { type Config, ConfigError, readConfig } from './config.ts';
import { createAdmit, registerAdmission } from './http/admission.ts';
import { closeApp, createApp } from './http/app.ts';
import { registerOpenApi } from './http/openapi.ts';
import { registerProblemsPage } from './http/problems-page.ts';
import { sessionPlugin } from './http/session.ts';
import { DeliveryNotices } from './live/delivery-notices.ts';
import { startEmbeddedRedis } from './platform/embedded-redis.ts';
import { createLogger } from './platform/logger.ts';
import { createMetrics } from './platform/metrics.ts';
import { startPressure } from './platform/pressure.ts';
import { createConnections } from './platform/redis.ts';
import { readRedisMemory } from './platform/redis-memory.ts';
import { createShutdown, type Shutdown } from './platform/shutdown.ts';
import { loadVapid } from './push/vapid-keys.ts';
import type { Context } from './roles/context.ts';
import { startLive } from './roles/live.ts';
import { registerOperations } from './roles/operations.ts';
import { agreeOnShards } from './roles/shard-agreement.ts';
import { startWeb } from './roles/web.ts';
import { startWorkerRole } from './roles/worker.ts';
import { createKeys } from './store/keys.ts';
import { createOutbox } from './store/outbox.ts';
import { createSessions } from './store/sessions.ts';

/** Nobody is answered 503 only because we have just started; with Redis away that is the answer, and the right one. */
const REDIS_WAIT_MS = 5_000;

/** Reads the configuration, starts the chosen roles, stops in order; nothing else. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLogger(config.logLevel);
  const shutdown = createShutdown(log);
  shutdown.listen();
  async function giveUp(error: unknown): Promise<void> {
    tell(error);
    // What was opened before is closed: a private Redis must not outlive a start that failed, or was called off.
    await shutdown.run('the start failed');
    process.exit(1);
  }
  await start(config, log, shutdown, giveUp).catch(giveUp);
}

/** `giveUp` is for what is found out only later, because Redis was away. */
async function start(
  config: Readonly<Config>,
  log: Logger,
  shutdown: Shutdown,
  giveUp: (error: unknown) => Promise<void>,
): Promise<void> {
  const now = () => new Date();

  await mkdir(config.dataDir, { recursive: true });
  const redisUrl = config.redis.url ?? (await startPrivateRedis());
  const connections = createConnections(redisUrl, log);
  shutdown.add('redis connections', connections.close);
  const keys = createKeys(config.redis.keyPrefix);
  const agreement = agreeOnShards({ connections, keys, configured: config.queueShards, shutdown });
  const hasAgreed = await agreement.isReachedWithin(REDIS_WAIT_MS);
  const metrics = createMetrics(log);
  const { publicUrl, vapid: configured, dataDir } = config;
  const vapid = await loadVapid({ configured, dataDir, publicUrl });
  const redis = connections.open('commands');
  const pressure = startPressure({
    readUnfanned: () => createOutbox(redis, keys).oldestAgeSeconds(config.queueShards),
    readMemory: () => readRedisMemory(redis),
    log,
  });
  shutdown.add('pressure', pressure.close);
  metrics.trackPressure(pressure);
  const notices = new DeliveryNotices(redis, keys, log);
  shutdown.add('delivery notices', () => notices.close());
  const tellAuthors: Context['tellAuthors'] = (told) => notices.tell(told);
  const context: Context = { config, log, metrics, connections, keys, vapid, pressure, tellAuthors, shutdown, now };

  const app = await createApp({ log, trustProxy: config.trustProxy, publicUrl, observe: metrics.observeHttp });
  agreement.guard(app);
  await registerOpenApi(app);
  await registerProblemsPage(app);
  registerAdmission(app, createAdmit(pressure, metrics.countShed));
  await app.register(sessionPlugin, { sessions: createSessions(redis, keys), publicUrl, now });
  await registerOperations(app, context);
  if (hasAgreed) await startWork();
  if (config.roles.has('web')) await startWeb(app, context);
  shutdown.add('http', () => closeApp(app));
  // After the listener, so that it is closed before it: a server waits for its open sockets.
  if (config.roles.has('live')) await startLive(app, context);
  if (hasAgreed) await connections.whenReady(REDIS_WAIT_MS);
  else agreement.reached.then(startWork).catch(giveUp);
  const address = await app.listen({ host: config.host, port: config.port });
  log.info({ roles: [...config.roles], address }, `Buji is running: open ${publicUrl ?? toLocalUrl(address)}`);

  /** What fans out takes a status that it does not find for one that has expired: it begins only once the shards are right. */
  async function startWork(): Promise<void> {
    if (config.roles.has('worker')) await startWorkerRole(context);
  }

  /** A stop that comes while Redis is still loading calls the start off, so that nothing is left running. */
  async function startPrivateRedis(): Promise<string> {
    const abort = new AbortController();
    const starting = startEmbeddedRedis({
      dataDir: config.dataDir,
      maxMemoryBytes: config.redis.maxMemoryBytes,
      log,
      signal: abort.signal,
    });
    shutdown.add(
      'private redis',
      async () => {
        abort.abort();
        const redis = await starting.catch(() => null);
        await redis?.stop();
      },
      20_000,
    );
    return (await starting).url;
  }
}

/** What a person on this machine can open, where the address is that of all interfaces. */
function toLocalUrl(address: string): string {
  return address.replace('0.0.0.0', 'localhost').replace('127.0.0.1', 'localhost').replace('[::]', 'localhost');
}

/** One line that a person can act on; where it is a bug, with its trace. */
function tell(error: unknown): void {
  if (error instanceof Error && error.name === 'AbortError') return;
  const isForPeople = error instanceof ConfigError || !(error instanceof Error) || 'code' in error;
  process.stderr.write(`buji: ${isForPeople ? String(error).replace(/^\w*Error: /, '') : (error.stack ?? error.message)}\n`);
}

main().catch((error: unknown) => {
  tell(error);
  process.exit(1);
});
