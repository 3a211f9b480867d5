import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { makeTempDir } from '../../src/testing/temp-dir.ts';
import { waitFor } from '../../src/testing/wait-for.ts';
import { isRunning, lastLines, launch, launchObedient, stop } from './children.ts';

/** Answers `echo`, refuses `fail`, and ends at `die`. */
const OBEDIENT = `
const { createInterface } = require('node:readline');
createInterface(process.stdin).on('line', (line) => {
  const { re, do: what, word } = JSON.parse(line);
  if (what === 'die') process.exit(3);
  console.log(JSON.stringify(what === 'fail' ? { re, error: 'no' } : { re, word }));
});`;

function launchScript() {
  const path = join(makeTempDir(), 'obedient.cjs');
  writeFileSync(path, OBEDIENT);
  const obedient = launchObedient(path);
  onTestFinished(() => obedient.stop());
  return obedient;
}

it('keeps a program’s output, stops it also where it is held back, and says when it has ended', async () => {
  const logPath = join(makeTempDir(), 'log');
  const child = launch(process.execPath, ['-e', 'console.log("I run"); setInterval(() => {}, 1000)'], { logPath });
  await waitFor(() => lastLines(logPath) === 'I run');
  expect(isRunning(child)).toBe(true);
  child.kill('SIGSTOP');
  await stop(child);
  expect(isRunning(child)).toBe(false);
  expect(child.signalCode).toBe('SIGTERM');
});

it('answers each question with its own answer', async () => {
  const obedient = launchScript();
  const answers = ['a', 'b', 'c'].map((word) => obedient.ask<{ word: string }>({ do: 'echo', word }));
  expect((await Promise.all(answers)).map(({ word }) => word)).toEqual(['a', 'b', 'c']);
  await expect(obedient.ask({ do: 'fail' })).rejects.toThrow(/obedient\.cjs: no$/);
});

it('leaves no question open when the process ends', async () => {
  await expect(launchScript().ask({ do: 'die' })).rejects.toThrow('ended with 3');
});
