import { importsOf, isTest, type SourceFile, withoutComments } from './source-tree.ts';

/** What a capability is: a step of a status's flow. They meet in the store or through a job, never by import. */
const CAPABILITIES = ['people', 'circles', 'statuses', 'fanout', 'live', 'alerts', 'push'];
const SHARED = ['contract', 'i18n'];
const BELOW_CAPABILITIES = [...SHARED, 'platform', 'store', 'http'];
const BELOW_MAIN = [...BELOW_CAPABILITIES, ...CAPABILITIES, 'app', 'config', 'roles'];

/** Imports go one way; an area may always import itself. `everything` is for what never runs in production. */
const MAY_IMPORT: Record<string, readonly string[] | 'everything'> = {
  contract: [],
  i18n: ['contract'],
  config: ['contract'],
  platform: SHARED,
  store: [...SHARED, 'platform'],
  http: [...SHARED, 'platform', 'store'],
  ...Object.fromEntries(CAPABILITIES.map((capability) => [capability, BELOW_CAPABILITIES])),
  app: SHARED,
  roles: BELOW_MAIN,
  main: BELOW_MAIN,
  testing: 'everything',
  dev: 'everything',
  operator: ['contract', 'platform', 'store', 'config'],
  'load-tests': SHARED,
  deploy: [],
};

/** Folders within an area, and those that they may not import: a page and its service worker run apart and share `phone`. */
const APART: Record<string, readonly string[]> = {
  'src/app/browser/': ['src/app/service-worker/'],
  'src/app/service-worker/': ['src/app/browser/'],
  'src/app/phone/': ['src/app/browser/', 'src/app/service-worker/'],
};

/** Who may read a variable of the environment; everybody else is handed a section of the configuration. */
const ENVIRONMENT_READERS: Record<string, string> = {
  'src/config.ts': 'the one reader',
  'src/main.ts': 'hands the environment to readConfig',
  'src/testing/': 'tests choose their topology by it',
  'src/dev/': 'runs beside the service, not in it',
  'src/operator/': 'runs beside the service, not in it',
  'load-tests/': 'runs beside the service, not in it',
  'deploy/': 'runs before the service is built',
  'src/platform/redis-server.ts': 'hands the whole environment on to the Redis it starts, and reads nothing',
};

/** Every import against the layout, as one line each. */
export function findForbiddenImports(files: SourceFile[]): string[] {
  return files.flatMap((file) => {
    const from = areaOf(file.path);
    if (MAY_IMPORT[from] === undefined) return [`${file.path}: "${from}" is no area of the layout; name it in ${RULE_FILE}`];
    return importsOf(file)
      .filter(({ target, isTypeOnly }) => !isAllowed(file.path, from, target, isTypeOnly) || isApart(file.path, target))
      .map(({ target }) => {
        const [one, other] = isApart(file.path, target) ? [folderOf(file.path), folderOf(target)] : [from, areaOf(target)];
        return `${file.path} imports ${target}: ${one} may not import ${other}`;
      });
  });
}

/** Every file that reads the environment without a reason, and every reason that is no longer needed. */
export function findEnvironmentReaders(files: SourceFile[], readers = ENVIRONMENT_READERS): string[] {
  const reads = files.filter((file) => readsEnvironment(file)).map((file) => file.path);
  const isReader = (path: string) =>
    Object.keys(readers).some((reader) => path === reader || (reader.endsWith('/') && path.startsWith(reader)));
  const stale = Object.keys(readers).filter(
    (reader) => !reader.endsWith('/') && files.some(({ path }) => path === reader) && !reads.includes(reader),
  );
  return [
    ...reads
      .filter((path) => !isReader(path))
      .map((path) => `${path} reads process.env: only src/config.ts may, others receive their section`),
    ...stale
      .filter((path) => path !== 'src/config.ts')
      .map((path) => `${path} no longer uses process.env: drop it from ${RULE_FILE}`),
  ];
}

const RULE_FILE = 'src/testing/structure/import-rule.ts';

function isAllowed(path: string, from: string, target: string, isTypeOnly: boolean): boolean {
  const to = areaOf(target);
  const allowed = MAY_IMPORT[from];
  if (from === to || allowed === 'everything' || allowed?.includes(to)) return true;
  if (to === 'config') return isTypeOnly || isTest(path);
  return to === 'testing' && isTest(path);
}

/** `src/app/browser/page.ts` → `app/browser`. */
function folderOf(path: string): string {
  return path.split('/').slice(1, -1).join('/');
}

function isApart(path: string, target: string): boolean {
  return Object.entries(APART).some(
    ([folder, others]) => path.startsWith(folder) && others.some((other) => target.startsWith(other)),
  );
}

/** `src/store/keys.ts` → `store`, `src/main.ts` → `main`, `src/main.test.ts` → `main`, `load-tests/smoke.ts` → `load-tests`. */
function areaOf(path: string): string {
  const [first = '', second = ''] = path.split('/');
  return first === 'src' ? second.replace(/(\.test|\.d)?\.tsx?$/, '') : first;
}

function readsEnvironment({ path, text }: SourceFile): boolean {
  if (!/\.(ts|tsx|mjs)$/.test(path)) return false;
  return /\bprocess\s*\??\.\s*env\b|\bprocess\[|\{[^}]*\benv\b[^}]*\}\s*=\s*process\b|\{[^}]*\benv\b[^}]*\}\s*from\s*['"](node:)?process['"]/.test(
    withoutComments(text),
  );
}
