import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter, dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { needs } from './needs.mjs';
import { typeScriptStep } from './node-version.mjs';
import { fromRoot } from './root.mjs';

/** What the step says where the Node on the PATH is this one, started with these flags. */
function askStep(flags) {
  const script = `
    import { typeScriptStep } from ${JSON.stringify(fromRoot('deploy/setup/node-version.mjs'))};
    if (typeScriptStep.isDone()) console.log('goes on');
    else typeScriptStep.run();`;
  const PATH = [dirname(process.execPath), process.env.PATH].join(delimiter);
  const env = { ...process.env, PATH, NODE_OPTIONS: flags };
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { env, encoding: 'utf8' });
  return stdout.trim() || /SetupError: (.*)/.exec(stderr)?.[1];
}

const refusal = new RegExp(
  `^this command is TypeScript, which Node ${process.versions.node} does not run: install Node 22\\.18 or newer from nodejs\\.org$`,
);

describe('a command that is TypeScript', () => {
  const runsHere = Boolean(process.features.typescript);

  it('goes on where Node runs it', () => {
    expect(askStep('') === 'goes on').toBe(runsHere);
  });

  it('says in one sentence what to install where Node does not', () => {
    // A Node that could is told not to by a flag: to whoever asks it is then like an older one.
    expect(askStep(runsHere ? '--no-experimental-strip-types' : '')).toMatch(refusal);
  });
});

describe('the npm commands', () => {
  const { scripts } = JSON.parse(readFileSync(fromRoot('package.json'), 'utf8'));
  const commands = Object.entries(scripts).filter(([, line]) => /\bnode \S+\.ts\b|load-tests\/run\.mjs/.test(line));

  it('that are TypeScript are looked for where they are', () => {
    expect(commands.map(([name]) => name)).toEqual(expect.arrayContaining(['load', 'bench', 'seed', 'budget']));
  });

  it.each(commands)('npm run %s asks for a Node that runs it, before anything is built', (name) => {
    const [, need] = /^node deploy\/setup\.mjs (\w+)$/.exec(scripts[`pre${name}`] ?? '') ?? [];
    const steps = needs[need] ?? [];
    expect(steps).toContain(typeScriptStep);
    expect(steps.indexOf(typeScriptStep)).toBeLessThan(steps.length - 1);
  });
});
