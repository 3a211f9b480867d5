/**
 * Makes a fresh clone ready for one npm command and does only what is missing: `node deploy/setup.mjs start|test|dev|check|budget|load|trace|seed`.
 * npm's own hooks run it (prestart, pretest, …), so nobody has to know that it exists. It runs before node_modules is there:
 * plain Node, no dependencies, and syntax that an outdated Node still reads, so that it can say what is wrong.
 */
import { withLock } from './setup/lock.mjs';
import { needs } from './setup/needs.mjs';
import { checkNodeVersion } from './setup/node-version.mjs';
import { SetupError } from './setup/say.mjs';

/**
 * A step is `{ isDone(), run() }`. The lock is taken at the first one that has work, and each is asked again under it: the
 * other npm command may have done it while we waited.
 */
async function setUp(steps) {
  const first = steps.findIndex((step) => !step.isDone());
  if (first === -1) return;
  await withLock(async () => {
    for (const step of steps.slice(first)) {
      if (!step.isDone()) await step.run();
    }
  });
}

const steps = needs[process.argv[2]];
try {
  if (!steps) throw new SetupError(`type: node deploy/setup.mjs ${Object.keys(needs).join('|')}`);
  checkNodeVersion();
  await setUp(steps);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(`buji: ${error.message}`);
  process.exitCode = 1;
}
