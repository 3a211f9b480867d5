/**
 * `npm run load -- <name> [--url http://… [--i-own-this-host]] [k6 arguments]` runs `load-tests/<name>.ts` with k6 and ends
 * with its exit code. Without `--url` it starts a throw-away service for it and stops it afterwards.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findK6 } from './run/k6.mjs';
import { startService } from './run/service.mjs';

/** A load test is an attack on whoever did not ask for it: only this machine is a target without a word. */
const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

/** What the socket sink and the runner of the judged tests need: TypeScript without a build. */
const typeScriptFrom = [22, 18];

let k6Process;
// Ctrl-C in a terminal reaches k6 as well, which then ends the test and prints its summary: we only have to stay until it has.
process.on('SIGINT', () => k6Process ?? process.exit(1));
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => k6Process?.kill() ?? process.exit(1));

try {
  const { name, url, k6Arguments } = readArguments(process.argv.slice(2));
  const k6 = findK6();
  if (name !== 'smoke') process.exitCode = await runJudgedTest(k6, name, k6Arguments, url);
  else if (url) process.exitCode = await runK6(k6, name, k6Arguments, url, process.env.OPERATOR_TOKEN);
  else process.exitCode = await runAgainstOwn(k6, name, k6Arguments);
} catch (error) {
  console.error(`buji: ${error.message}`);
  process.exitCode = 1;
}

function readArguments([name, ...rest]) {
  const names = readdirSync('load-tests').flatMap((file) => (file.endsWith('.ts') ? file.slice(0, -'.ts'.length) : []));
  if (!names.includes(name)) throw new Error(`type: npm run load -- ${names.join('|')} [--url http://…] [k6 arguments]`);
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

/** Everything but `smoke` ends with a verdict, which needs more than k6: see `run/judged-run.ts`. */
async function runJudgedTest(k6, name, words, url) {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < typeScriptFrom[0] || (major === typeScriptFrom[0] && minor < typeScriptFrom[1])) {
    throw new Error(`${name} needs Node ${typeScriptFrom.join('.')} or newer, and this is ${process.versions.node}`);
  }
  const { readRunOptions } = await import('./run/arguments.ts');
  const { runJudged } = await import('./run/judged-run.ts');
  return runJudged(name, readRunOptions(words, url), k6, (child) => {
    k6Process = child;
  });
}

async function runAgainstOwn(k6, name, k6Arguments) {
  mkdirSync('.reports', { recursive: true });
  const logPath = `.reports/load-${name}.log`;
  console.log(`buji: starting a throw-away service for ${name}; its log is ${logPath}`);
  const service = await startService({ logPath });
  try {
    return await runK6(k6, name, k6Arguments, service.baseUrl, service.operatorToken);
  } finally {
    await service.stop();
  }
}

async function runK6(k6, name, k6Arguments, baseUrl, operatorToken = '') {
  const variables = ['-e', `BASE_URL=${baseUrl}`, '-e', `OPERATOR_TOKEN=${operatorToken}`];
  // k6 reports its use to its makers unless told not to.
  const args = ['run', '--no-usage-report', ...variables, ...k6Arguments, `load-tests/${name}.ts`];
  k6Process = spawn(k6, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  const [code] = await once(k6Process, 'exit');
  return code ?? 1;
}
