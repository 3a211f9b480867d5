/**
 * `npm run load -- <name> [--url http://… [--i-own-this-host]] [k6 arguments]` runs `load-tests/<name>.ts` with k6 and ends
 * with its exit code. Without `--url` it starts a throw-away service for it and stops it afterwards.
 */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findK6 } from './run/k6.mjs';

/** A load test is an attack on whoever did not ask for it: only this machine is a target without a word. */
const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

let k6Process;
// Ctrl-C in a terminal reaches k6 as well, which then ends the test and prints its summary: we only have to stay until it has.
process.on('SIGINT', () => k6Process ?? process.exit(1));
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => k6Process?.kill() ?? process.exit(1));

try {
  const words = process.argv.slice(2);
  const isHelp = words.length === 0 || words.includes('--help') || words.includes('-h');
  if (isHelp) tellUsage();
  else process.exitCode = await runTest(readArguments(words));
} catch (error) {
  console.error(`buji: ${error.message}`);
  process.exitCode = 1;
}

/** @returns the exit code */
async function runTest({ name, url, k6Arguments }) {
  const k6 = findK6();
  const onK6 = (child) => {
    k6Process = child;
  };
  if (name === 'smoke') {
    const { runSmoke } = await import('./run/smoke-run.ts');
    return runSmoke(k6, k6Arguments, url, onK6);
  }
  // Everything else ends with a verdict, which needs more than k6.
  const { readRunOptions } = await import('./run/arguments.ts');
  const { runJudged } = await import('./run/judged-run.ts');
  return runJudged(name, readRunOptions(k6Arguments, url), k6, onK6);
}

function listNames() {
  return readdirSync('load-tests').flatMap((file) => (file.endsWith('.ts') ? file.slice(0, -'.ts'.length) : []));
}

function tellUsage() {
  console.log(`npm run load -- ${listNames().join('|')} [flags] [k6 arguments]

  --url http://…            another service than one of our own; not on this machine only with --i-own-this-host
  -e NAME=value             a figure of the test, such as -e BASE_RATE=100 -e PEOPLE=5000; load-tests/README.md has them all
All but smoke end with a verdict (exit code 0 passed, 1 failed, 2 no verdict) and a report in .reports/<name>, and take
  --kill web,live,worker,redis  kill -9 each of them once, in the peak
  --slow 0.5                hold the worker back for this share of the time: the run then fails, as it must
  --only-promises           judge what was lost or doubled, and no latency
  --cpu-prof                a CPU profile of each process, in the report's folder`);
}

function readArguments([name, ...rest]) {
  const names = listNames();
  if (!names.includes(name)) throw new Error(`type: npm run load -- ${names.join('|')}, or --help`);
  let url;
  let isOwn = false;
  const k6Arguments = [];
  while (rest.length > 0) {
    const argument = rest.shift();
    if (argument === '--url') url = rest.shift() ?? '';
    else if (argument.startsWith('--url=')) url = argument.slice('--url='.length);
    else if (argument === '--i-own-this-host') isOwn = true;
    else k6Arguments.push(argument);
  }
  return { name, url: url === undefined ? undefined : checkUrl(url, isOwn), k6Arguments };
}

function checkUrl(text, isOwn) {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) throw new Error(`--url must be http://… or https://…, not "${text}"`);
  if (!loopback.test(url.hostname) && !isOwn) {
    throw new Error(`${url.hostname} is another machine: only if it is yours and may break, add --i-own-this-host`);
  }
  return url.origin;
}
