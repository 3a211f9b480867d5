import { type DestinationStream, destination, type Logger, pino, stdTimeFunctions } from 'pino';
import pretty from 'pino-pretty';

/**
 * JSON lines on stdout (or `stream`), readable ones on a terminal. Lines carry ids of requests, people, statuses and jobs;
 * never a note, a place, a token, an endpoint or a URL.
 */
export function createLogger(level: string, stream?: DestinationStream): Logger {
  const options = {
    level,
    base: { pid: process.pid },
    timestamp: stdTimeFunctions.isoTime,
    serializers: { err: describeError, req: keepId },
  };
  if (stream) return pino(options, stream);
  if (!process.stdout.isTTY) return pino(options, destination({ fd: 1, sync: false }));
  return pino(options, pretty({ colorize: true, ignore: 'pid', translateTime: 'HH:MM:ss.l' }));
}

/**
 * What an error was. Only these fields: ioredis hangs the whole command on its errors, with every note and token in it, and
 * others hang addresses on theirs.
 */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return typeof error === 'object' ? { type: 'object' } : error;
  const { code, cause } = error as Error & { code?: unknown };
  return {
    type: error.name === 'Error' ? error.constructor.name : error.name,
    message: error.message,
    stack: error.stack,
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
    ...(cause !== undefined && { cause: describeError(cause) }),
  };
}

/** Fastify would write a request as its URL and address; ours is the id of one. */
function keepId(request: unknown): string | undefined {
  return typeof request === 'string' ? request : undefined;
}
