import { describe, expect, it } from 'vitest';
import { findEnvironmentReaders, findForbiddenImports } from './import-rule.ts';
import { readSourceTree } from './source-tree.ts';

/** What the rule says of one file with one import. */
const rule = (path: string, statement: string) => findForbiddenImports([{ path, text: statement }]);

describe('the import rule', () => {
  it('holds in this project', () => {
    expect(findForbiddenImports(readSourceTree())).toEqual([]);
  });

  it.each([
    ['src/store/boards.ts', `import { x } from '../http/problem.ts';`, 'store may not import http'],
    ['src/store/boards.ts', `import type { X } from '../http/problem.ts';`, 'store may not import http'],
    ['src/contract/people.ts', `import { x } from '../i18n/locales.ts';`, 'contract may not import i18n'],
    ['src/live/hub.ts', `export { x } from '../statuses/accept.ts';`, 'live may not import statuses'],
    ['src/app/home.tsx', `import { x } from '../store/boards.ts';`, 'app may not import store'],
    ['src/app/home.tsx', `const x = await import('../live/hub.ts');`, 'app may not import live'],
    ['load-tests/smoke/client.ts', `import { x } from '../../src/platform/redis.ts';`, 'load-tests may not import platform'],
    ['src/push/send.ts', `import { readConfig } from '../config.ts';`, 'push may not import config'],
    ['src/http/server.ts', `import { x } from '../roles/web.ts';`, 'http may not import roles'],
    ['src/roles/web.ts', `import { x } from '../main.ts';`, 'roles may not import main'],
    ['src/main.ts', `import { x } from './testing/wait-for.ts';`, 'main may not import testing'],
    ['src/fanout/consumer.ts', `import { x } from '../testing/wait-for.ts';`, 'fanout may not import testing'],
    ['src/operator/trace.ts', `import { x } from '../testing/wait-for.ts';`, 'operator may not import testing'],
    ['src/operator/trace.ts', `import { x } from '../dev/demo.ts';`, 'operator may not import dev'],
    ['src/fanout/consumer.test.ts', `import { x } from '../statuses/accept.ts';`, 'fanout may not import statuses'],
    [
      'src/app/browser/page.ts',
      `import { x } from '../service-worker/alert.ts';`,
      'app/browser may not import app/service-worker',
    ],
    [
      'src/app/service-worker/main.ts',
      `import { x } from '../browser/push.ts';`,
      'app/service-worker may not import app/browser',
    ],
    ['src/app/phone/in-time.ts', `import { x } from '../browser/push.ts';`, 'app/phone may not import app/browser'],
    ['deploy/setup.mjs', `import { x } from '../src/config.ts';`, 'deploy may not import config'],
  ])('refuses %s: %s', (path, statement, reason) => {
    expect(rule(path, statement)).toEqual([expect.stringMatching(new RegExp(`^${path} imports .*: ${reason}$`))]);
  });

  it.each([
    ['src/store/boards.ts', `import lua from './lua/publish-status.lua?raw';`],
    ['src/fanout/consumer.ts', `import { x } from '../store/boards.ts';`],
    ['src/push/send.ts', `import type { Config } from '../config.ts';`],
    ['src/push/send.test.ts', `import { readConfig } from '../config.ts';`],
    ['src/fanout/consumer.test.ts', `import { x } from '../testing/wait-for.ts';`],
    ['src/roles/web.ts', `import { x } from '../app/pages.tsx';`],
    ['src/main.ts', `import { x } from './roles/web.ts';`],
    ['src/app/browser/page.ts', `import { x } from '../phone/in-time.ts';`],
    ['src/dev/demo.ts', `import { x } from '../live/hub.ts';`],
    ['load-tests/smoke.ts', `import type { Status } from '../src/contract/statuses.ts';`],
  ])('allows %s: %s', (path, statement) => {
    expect(rule(path, statement)).toEqual([]);
  });

  it('wants a new folder to be given its place', () => {
    expect(rule('src/helpers/text.ts', '')).toEqual([expect.stringContaining('"helpers" is no area of the layout')]);
  });
});

describe('the rule on the environment', () => {
  it('holds in this project', () => {
    expect(findEnvironmentReaders(readSourceTree())).toEqual([]);
  });

  it.each([
    'const port = process.env.PORT;',
    `const port = process.env['PORT'];`,
    'const { env } = process;',
    `import { env } from 'node:process';`,
  ])('finds: %s', (text) => {
    const path = 'src/push/send.ts';
    expect(findEnvironmentReaders([{ path, text }])).toEqual([expect.stringContaining(`${path} reads process.env`)]);
    expect(findEnvironmentReaders([{ path: 'src/testing/service/start.ts', text }])).toEqual([]);
  });

  it('is not misled by comments', () => {
    expect(
      findEnvironmentReaders([
        { path: 'src/push/send.ts', text: '/** not from process.env */\nexport const x = 1; // process.env' },
      ]),
    ).toEqual([]);
  });

  it('wants an exception dropped when it is no longer used', () => {
    const found = findEnvironmentReaders([{ path: 'src/old.ts', text: '' }], { 'src/old.ts': 'once needed' });
    expect(found).toEqual([expect.stringContaining('src/old.ts no longer uses process.env')]);
  });
});
