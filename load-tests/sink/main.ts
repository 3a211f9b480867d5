/**
 * The socket sink: thousands of live sockets in one process, for what k6 cannot receive.
 *
 *   node load-tests/sink/main.ts            (Node 22.18 or newer runs the TypeScript as it is)
 *
 * It is driven by lines of JSON on stdin and answers each with one line on stdout, in the order in which they are done; `re`
 * is whatever number the caller gave, and `error` stands there where it failed. Its log goes to stderr. It ends when stdin does.
 *
 *   {"re":1,"do":"connect","urls":["ws://127.0.0.1:3000/v1/live"],"seats":[{"person","token","circles":["…"],"url"?}],
 *           "perSecond"?:1000,"hasBoards"?:true}
 *        → {"re":1,"sockets":n,"ready":n,"refused":n,…}   once every socket is synced (or refused for good). `seats` may also be
 *          the path of a file with that JSON array. `circles` is what the socket must get: the ledger holds it to that.
 *   {"do":"report","from"?:ms,"to"?:ms}     latencies of the statuses meant to be sent in that time: each delivery, the last
 *          socket of each circle, help; p50 p95 p99 max in ms; and the state below
 *   {"do":"points"}                         the same for every second
 *   {"do":"state"}                          sockets, ready, frames, bytes, boards, gaps, duplicated, repeated, reconnects,
 *          closes by code, busy (share of one core, and of the event loop, since the last question), memory
 *   {"do":"drop","withinMs"?:1000}          cuts all sockets at once; → {"milliseconds", "resync"} when all are synced again
 *   {"do":"ready","limitMs"?:60000}         → {"ready":n} once all are synced, or at the limit
 *   {"do":"judge","receipts":"file"}        a line for each status answered 202: `<id> <author> <writtenAt> <acceptedAt> <circle>,…`
 *        → {"acknowledged","expected","lost","lostExamples","overtaken","unconfirmed","duplicated","repeated"}, and what lib/waits.ts reads
 *   {"do":"end"}
 *
 * Latency is the arrival less the time in the status's UUIDv7: a load generator makes the id of the time at which it *meant* to
 * send. A socket reconnects with its positions on 4000–4499 and on broken connections.
 * Limits: a frame must come whole (no server measured sends pieces); `ulimit -n` must exceed the sockets.
 */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { createBusyMeter } from '../instruments/busy.ts';
import { type ConnectOptions, createFleet, type Fleet, type Seat } from './fleet.ts';
import { readReceipts } from './receipts.ts';

interface Command {
  re?: number;
  do: string;
  from?: number;
  to?: number;
  withinMs?: number;
  limitMs?: number;
  receipts?: string;
}

let fleet: Fleet | null = null;
const busy = createBusyMeter();

const commands: Record<string, (command: Command) => Promise<object> | object> = {
  async connect(command) {
    fleet?.end();
    const options = command as unknown as Omit<ConnectOptions, 'seats'> & { seats: Seat[] | string };
    const seats = typeof options.seats === 'string' ? (JSON.parse(readFileSync(options.seats, 'utf8')) as Seat[]) : options.seats;
    fleet = createFleet({ ...options, seats });
    await fleet.connect();
    return fleet.state();
  },
  report: ({ from = 0, to = Number.MAX_SAFE_INTEGER }) => ({ ...running().timeline.period(from, to), state: state() }),
  points: () => ({ points: running().timeline.points() }),
  state,
  drop: ({ withinMs = 1_000 }) => running().dropAll(withinMs),
  async ready({ limitMs = 60_000 }) {
    const all = running();
    await Promise.race([all.untilAllReady(), new Promise((resolve) => setTimeout(resolve, limitMs))]);
    return all.state();
  },
  judge({ receipts = '' }) {
    const { ledger, receiver } = running();
    return { ...ledger.judge(readReceipts(receipts)), ...ledger.counts(), ...receiver.waits.read() };
  },
  end() {
    fleet?.end();
    fleet = null;
    return {};
  },
};

function running(): Fleet {
  if (!fleet) throw new Error('connect first');
  return fleet;
}

function state(): object {
  return { ...running().state(), busy: busy.read(), memoryBytes: process.memoryUsage.rss() };
}

async function obey(line: string): Promise<void> {
  let re: number | undefined;
  try {
    const command = JSON.parse(line) as Command;
    re = command.re;
    const run = commands[command.do];
    if (!run) throw new Error(`do must be one of ${Object.keys(commands).join(', ')}`);
    tell({ re, ...(await run(command)) });
    if (command.do === 'end') process.exit(0);
  } catch (error) {
    tell({ re, error: String(error) });
  }
}

function tell(answer: object): void {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

const lines = createInterface(process.stdin);
lines.on('line', (line) => void obey(line));
lines.on('close', () => process.exit(0));
