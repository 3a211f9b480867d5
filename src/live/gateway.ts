import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { CLOSE, LIVE_PROTOCOL } from '../contract/frames.ts';
import { MAX_BODY_BYTES } from '../contract/limits.ts';
import type { Keys } from '../store/keys.ts';
import { Admission } from './admission.ts';
import { Connection, type ConnectionHost, type LiveSocket } from './connection.ts';
import { ControlChannel } from './control-channel.ts';
import { createConversation } from './conversation.ts';
import { PING_FRAME } from './frame-encoder.ts';
import { Gate } from './gate.ts';
import { Hubs } from './hubs.ts';
import { watchLag } from './lag-watch.ts';
import type { LiveData } from './live-data.ts';
import { LIVE_LIMITS, type LiveLimits } from './live-limits.ts';
import type { LiveMetrics } from './live-metrics.ts';
import { refuseUpgrade } from './refuse-upgrade.ts';
import { Roster } from './roster.ts';
import { createSocketServer, takesProtocol } from './socket-server.ts';
import { Subscriptions } from './subscriptions.ts';
import { TickWriter } from './tick-writer.ts';
import { TimerWheel } from './timer-wheel.ts';

export interface GatewayDeps extends LiveData {
  /** By cookie with an Origin of our own, or Bearer. Rejects when Redis is away. */
  authenticate(request: IncomingMessage): Promise<{ person: string; session: string } | 'not-signed-in' | 'foreign-origin'>;
  /** A connection for this gateway alone; whoever opened it closes it, after the gateway. */
  subscriber: Redis;
  keys: Keys;
  /** How long the oldest status that was not fanned out has been waiting. */
  lagSeconds(): Promise<number>;
  metrics: LiveMetrics;
  log: Logger;
  /** Milliseconds since 1970. */
  now(): number;
  limits?: Partial<LiveLimits>;
}

export interface Gateway {
  /** Takes `GET /v1/live`, or refuses it over HTTP; to be called for the server's `upgrade` event. Never throws. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Stops accepting and closes every socket with 4000, spread over `closeSpreadMs`; bounded by that and `closeGraceMs`. */
  close(): Promise<void>;
  stats(): { sockets: number; circles: number };
}

/** Boards and feeds read at once: enough to keep Redis busy in one pipeline, few enough to bound memory. */
const READS_MAX = 64;
/** Turns of the wheel between checks that the subscriber connection answers. */
const BEAT_TURNS = 5;
const CLOSE_STEP_MS = 50;

/** The WebSocket gateway: one per process. It loses nothing when it dies, for clients catch up by position. */
export function createGateway(deps: GatewayDeps): Gateway {
  const { log, metrics, now } = deps;
  const limits: LiveLimits = { ...LIVE_LIMITS, ...deps.limits };
  const roster = new Roster();
  const writer = new TickWriter();
  const gate = new Gate(READS_MAX);
  const pings = new TimerWheel<Connection>(limits.pingTurns);
  const syncs = new TimerWheel<Connection>(limits.syncTurns);
  const subscriptions = new Subscriptions(deps.subscriber, log);
  const hubs = new Hubs({ ...limits, data: deps, subscriptions, keys: deps.keys, gate, writer, metrics, log, now });
  const conversation = createConversation({ data: deps, hubs, log, now });
  const control = new ControlChannel({ data: deps, roster, conversation, gate, log });
  const host: ConnectionHost = { writer, limits, metrics, onClosed };
  const sockets = createSocketServer({
    maxPayload: MAX_BODY_BYTES,
    closeTimeoutMs: limits.closeGraceMs,
    onFrame: conversation.onFrame,
    onGone: () => metrics.socketClosed(),
  });
  const admission = new Admission(limits.connects);
  let isClosing = false;
  let turns = 0;

  void subscriptions.subscribe(deps.keys.control, control);
  const timer = setInterval(turnWheels, limits.turnMs);
  timer.unref();
  const stopLagWatch = watchLag({ lagSeconds: deps.lagSeconds, roster, metrics, pollMs: limits.lagPollMs, log });

  function handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', destroy);
    accept(request, socket, head).catch((err: unknown) => {
      log.warn({ err }, 'live upgrade');
      refuseUpgrade(socket, 'unavailable');
    });
  }

  async function accept(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    if (request.url?.split('?', 1)[0] !== '/v1/live') return refuseUpgrade(socket, 'not-found');
    if (isClosing) return refuseUpgrade(socket, 'unavailable');
    if (!takesProtocol(request)) return refuseUpgrade(socket, 'invalid-request', `the subprotocol ${LIVE_PROTOCOL} is required`);
    const identity = await deps.authenticate(request);
    if (typeof identity === 'string') return refuseUpgrade(socket, identity);
    if (isClosing) return refuseUpgrade(socket, 'unavailable');
    // Only now: strangers take nobody's place.
    const staySeconds = admission.ask();
    socket.off('error', destroy);
    sockets.upgrade(request, socket, head, (ws) => {
      metrics.socketOpened();
      if (staySeconds > 0) ws.close(CLOSE.stayAway, String(staySeconds));
      else open(ws, socket, identity);
    });
  }

  function open(ws: LiveSocket, socket: Duplex, identity: { person: string; session: string }): void {
    const connection = new Connection(host, ws, socket, identity);
    ws.connection = connection;
    roster.add(connection);
    connection.pingSlot = pings.add(connection);
    connection.syncSlot = syncs.add(connection);
    const ofSession = roster.ofSession(identity.session);
    if (ofSession.length > limits.socketsPerSessionMax) ofSession[0]?.close(CLOSE.tooMany);
    void conversation.greet(connection);
  }

  /** Nothing more may reach it; its socket may take a moment longer. */
  function onClosed(connection: Connection): void {
    roster.delete(connection);
    pings.delete(connection, connection.pingSlot);
    syncs.delete(connection, connection.syncSlot);
    for (const attachment of [...connection.attachments]) attachment.detach();
  }

  function turnWheels(): void {
    for (const connection of pings.turn()) {
      if (!connection.isAlive) {
        connection.terminate();
        continue;
      }
      if (connection.isStuck()) {
        connection.close(CLOSE.unavailable);
        continue;
      }
      connection.isAlive = false;
      connection.enqueue(PING_FRAME);
      connection.pingSlot = pings.add(connection);
    }
    for (const connection of syncs.turn()) {
      if (connection.phase !== 'synced') connection.close(CLOSE.timeout);
    }
    turns += 1;
    if (turns % BEAT_TURNS === 0) subscriptions.beat();
  }

  async function close(): Promise<void> {
    if (isClosing) return;
    isClosing = true;
    const connections = roster.list();
    const steps = Math.max(1, Math.ceil(limits.closeSpreadMs / CLOSE_STEP_MS));
    const perStep = Math.max(1, Math.ceil(connections.length / steps));
    for (let start = 0; start < connections.length; start += perStep) {
      if (start > 0) await delay(CLOSE_STEP_MS);
      for (const connection of connections.slice(start, start + perStep)) connection.close(CLOSE.goingAway);
    }
    // Those whose handshake was under way when the closing began.
    for (const connection of roster.list()) connection.close(CLOSE.goingAway);
    clearInterval(timer);
    stopLagWatch();
    await sockets.whenEmpty(limits.closeGraceMs + CLOSE_STEP_MS);
    subscriptions.close();
  }

  return { handleUpgrade, close, stats: () => ({ sockets: roster.size, circles: hubs.count }) };
}

function destroy(this: Duplex): void {
  this.destroy();
}
