import { spawn } from 'node:child_process';

/** What stops the set-up: one line that says what to type. */
export class SetupError extends Error {}

export function say(line) {
  console.log(`buji: ${line}`);
}

/** Enough of a failed command's output to see why, without burying the line that says what to do: npm says it first, apt last. */
const shownFirstLines = 12;
const shownLastLines = 20;

/**
 * Runs a command quietly: its output is shown only if it fails. Answers whether it exited with 0, never throws.
 * `interactive` leaves it the terminal (sudo asks for a password); `showFailure: false` keeps quiet where failing is an answer.
 */
export function run(command, args, { env = {}, interactive = false, showFailure = true } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      env: { ...process.env, ...env },
      stdio: interactive ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    });
    const chunks = [];
    child.stdout?.on('data', (chunk) => chunks.push(chunk));
    child.stderr?.on('data', (chunk) => chunks.push(chunk));
    child.on('error', (error) => {
      if (showFailure) console.error(`${command}: ${error.message}`);
      resolve(false);
    });
    child.on('close', (code) => {
      if (code !== 0 && showFailure) console.error(shorten(Buffer.concat(chunks).toString()));
      resolve(code === 0);
    });
  });
}

function shorten(output) {
  const lines = output.trimEnd().split('\n');
  if (lines.length <= shownFirstLines + shownLastLines) return lines.join('\n');
  return [...lines.slice(0, shownFirstLines), '…', ...lines.slice(-shownLastLines)].join('\n');
}
