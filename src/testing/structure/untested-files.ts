import { isTest, type SourceFile } from './source-tree.ts';

/**
 * Every file under `src` and `load-tests` without a test beside it that is not on the list, and every entry of the list that is no longer
 * needed. The list maps a path, or a folder ending in `/`, to the reason why there is no test beside it.
 */
export function findUntestedFiles(files: SourceFile[], reasons: Record<string, string>): string[] {
  const paths = new Set(files.map((file) => file.path));
  const untested = [...paths].filter((path) => isTestable(path) && !hasTestBeside(path, paths));
  const entries = Object.keys(reasons);
  return [
    ...untested.filter((path) => !entries.some((entry) => covers(entry, path))).map((path) => `${path} has no test beside it`),
    ...entries
      .filter((entry) => !untested.some((path) => covers(entry, path)))
      .map((entry) => `${entry} is listed as having no test, but has one or is gone: drop it from the list`),
  ];
}

function isTestable(path: string): boolean {
  return /^(src|load-tests)\//.test(path) && /\.(ts|tsx|lua)$/.test(path) && !isTest(path) && !path.endsWith('.d.ts');
}

function hasTestBeside(path: string, paths: Set<string>): boolean {
  const stem = path.replace(/\.(ts|tsx|lua)$/, '');
  return paths.has(`${stem}.test.ts`) || paths.has(`${stem}.test.tsx`);
}

function covers(entry: string, path: string): boolean {
  return entry === path || (entry.endsWith('/') && path.startsWith(entry));
}
