import { spawn } from 'node:child_process';

/** What stops the set-up: one line that says what to type. */
export class SetupError extends Error {}

export function say(line) {
  console.log(`buji: ${line}`);
}

/** Enough of a failed command's output to see why, without burying the line that says what to do. */
const shownOutputLines = 25;

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
      const output = Buffer.concat(chunks).toString().trimEnd();
      if (code !== 0 && showFailure && output) console.error(output.split('\n').slice(-shownOutputLines).join('\n'));
      resolve(code === 0);
    });
  });
}
