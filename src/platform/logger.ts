import { destination, type Logger, pino, stdTimeFunctions } from 'pino';
import pretty from 'pino-pretty';

/**
 * JSON lines on stdout, readable ones on a terminal. Lines carry ids of requests, people, statuses and jobs; never a note, a
 * place, a token, an endpoint or a URL.
 */
export function createLogger(level: string): Logger {
  const options = { level, base: { pid: process.pid }, timestamp: stdTimeFunctions.isoTime };
  if (!process.stdout.isTTY) return pino(options, destination({ fd: 1, sync: false }));
  return pino(options, pretty({ colorize: true, ignore: 'pid', translateTime: 'HH:MM:ss.l' }));
}
