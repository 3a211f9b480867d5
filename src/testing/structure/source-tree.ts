import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One file of the project; `path` is relative to its root, with slashes. */
export interface SourceFile {
  path: string;
  text: string;
}

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../../..');
/** Where hand-written code lives. Tool settings in dot folders are no part of the program. */
const SOURCE_FOLDERS = ['src', 'load-tests', 'deploy'];
const SOURCE_EXTENSION = /\.(ts|tsx|mjs|lua|css)$/;

/** All source files as they stand on the disk, committed or not. */
export function readSourceTree(root = ROOT): SourceFile[] {
  return SOURCE_FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && SOURCE_EXTENSION.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name)),
  ).map((file) => ({ path: relative(root, file).split(sep).join('/'), text: readFileSync(file, 'utf8') }));
}

export interface Import {
  /** Path of the imported file from the project's root, without `?raw`; only relative imports are listed. */
  target: string;
  /** `import type …`: gone at run time. Inline `type` words do not count, as the import itself stays. */
  isTypeOnly: boolean;
}

const STATIC_IMPORT = /^[ \t]*(?:import|export)\s+(type\s+)?(?:[\w$*\s{},]+?\s*\bfrom\s*)?['"]([^'"]+)['"]/gm;
const DYNAMIC_IMPORT = /\bimport\(\s*['"]([^'"]+)['"]/g;

/**
 * The files that one file imports: `import`, `export … from`, `import()` and types by `import('…')`. An expression cannot be
 * an import's address here: nothing is loaded by name.
 */
export function importsOf({ path, text }: SourceFile): Import[] {
  if (!/\.(ts|tsx|mjs)$/.test(path)) return [];
  const code = withoutComments(text);
  const found = [
    ...[...code.matchAll(STATIC_IMPORT)].map(([, type, address]) => ({ address: address ?? '', isTypeOnly: type !== undefined })),
    ...[...code.matchAll(DYNAMIC_IMPORT)].map(([, address]) => ({ address: address ?? '', isTypeOnly: false })),
  ];
  return found
    .filter(({ address }) => address.startsWith('.'))
    .map(({ address, isTypeOnly }) => ({ target: resolve(path, address), isTypeOnly }));
}

function resolve(from: string, address: string): string {
  return posix.join(posix.dirname(from), address.replace(/\?.*$/, ''));
}

/** A comment begins a line or follows a space; what stands inside a string (a glob, a URL) does not look like that here. */
export function withoutComments(text: string): string {
  return text.replace(/(^|\s)\/\*[\s\S]*?\*\//g, '$1').replace(/(^|\s)\/\/.*$/gm, '$1');
}

/** `src/x.test.ts`, and everything that only tests use. */
export function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path);
}
