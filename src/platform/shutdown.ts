import type { Logger } from 'pino';

/** Kubernetes kills after 30 s by default; what has not ended by then is killed anyway, and everything survives that. */
const WHOLE_LIMIT_MS = 25_000;
const STEP_LIMIT_MS = 10_000;
/** Ctrl-C reaches us from the terminal and once more from npm: within this time it is one press. */
const SAME_PRESS_MS = 1_000;

type Close = () => unknown;

export interface Shutdown {
  /** Names what was opened and how to close it. What was added last is closed first. */
  add(name: string, close: Close, limitMs?: number): void;
  /** Closes everything, once, however often it is called; resolves to whether all of it closed in time. */
  run(reason: string): Promise<boolean>;
  /** From now on SIGINT and SIGTERM run the shutdown and then end the process. */
  listen(): void;
}

export interface ShutdownOptions {
  wholeLimitMs?: number;
  signals?: Pick<NodeJS.EventEmitter, 'on'>;
  exit?: (code: number) => void;
  now?: () => number;
}

/**
 * An ordered, time-limited end. A step that fails or takes too long is logged and the next one goes on: a queue that hangs
 * must not keep Redis from being stopped properly. When the whole takes too long, the steps that are left are begun and not
 * waited for. What is added while the shutdown runs (a start that was interrupted) is closed as well.
 */
export function createShutdown(log: Pick<Logger, 'info' | 'error'>, options: ShutdownOptions = {}): Shutdown {
  const { wholeLimitMs = WHOLE_LIMIT_MS, signals = process, exit = process.exit, now = () => performance.now() } = options;
  const steps: { name: string; close: Close; limitMs: number }[] = [];
  let running: Promise<boolean> | null = null;

  async function closeAll(reason: string): Promise<boolean> {
    const startedAt = now();
    let isClean = true;
    log.info({ reason, steps: steps.length }, 'stopping');
    for (let step = steps.pop(); step; step = steps.pop()) {
      const leftMs = Math.max(0, startedAt + wholeLimitMs - now());
      try {
        await withinLimit(step.close, Math.min(step.limitMs, leftMs));
      } catch (err) {
        isClean = false;
        log.error({ err, step: step.name }, 'did not stop properly');
      }
    }
    log.info({ ms: Math.round(now() - startedAt), isClean }, 'stopped');
    return isClean;
  }

  function run(reason: string): Promise<boolean> {
    running ??= closeAll(reason);
    return running;
  }

  return {
    add(name, close, limitMs = STEP_LIMIT_MS) {
      steps.push({ name, close, limitMs });
    },
    run,
    listen() {
      let firstAt: number | null = null;
      const onSignal = (signal: string) => {
        if (firstAt === null) {
          firstAt = now();
          void run(signal).then((isClean) => exit(isClean ? 0 : 1));
        } else if (now() - firstAt > SAME_PRESS_MS) {
          log.error({ signal }, 'asked again: ending at once');
          exit(1);
        }
      };
      signals.on('SIGINT', () => onSignal('SIGINT'));
      signals.on('SIGTERM', () => onSignal('SIGTERM'));
    },
  };
}

/** @throws what `close` throws, or after `limitMs`, though never before `close` was called. */
async function withinLimit(close: Close, limitMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`not closed within ${limitMs} ms`)), limitMs);
  });
  try {
    await Promise.race([close(), limit]);
  } finally {
    clearTimeout(timer);
  }
}
