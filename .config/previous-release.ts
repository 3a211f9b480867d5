import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The hashed files of a build. */
export interface Release {
  /** Names of those that its pages are made of, without the packed ones beside them. */
  named: string[];
  /** All that lay there, by name: also what it kept of the release before it. */
  files: Map<string, Buffer>;
}

interface Chunk {
  file: string;
  css?: string[];
  assets?: string[];
}

const ASSETS = 'assets';

/** Reads the release that lies in `directory`, before a build empties it. */
export function readRelease(directory: string): Release {
  const folder = join(directory, ASSETS);
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return { named: readNames(directory), files: new Map(names.map((name) => [name, readFileSync(join(folder, name))])) };
}

/**
 * Lays the files of the release before beside those of the new one: a page that was open, kept on a phone or on its way while
 * the service was changed still gets what it is made of. What is older goes. Building the same again changes nothing.
 */
export function keepRelease(directory: string, former: Release): void {
  const named = readNames(directory);
  const isSame = named.length === former.named.length && named.every((name) => former.named.includes(name));
  mkdirSync(join(directory, ASSETS), { recursive: true });
  for (const [name, content] of former.files) {
    const path = join(directory, ASSETS, name);
    if (!existsSync(path) && (isSame || former.named.includes(name.replace(/\.(gz|br)$/, '')))) writeFileSync(path, content);
  }
}

function readNames(directory: string): string[] {
  const path = join(directory, '.vite/manifest.json');
  if (!existsSync(path)) return [];
  const chunks = Object.values(JSON.parse(readFileSync(path, 'utf8')) as Record<string, Chunk>);
  const files = chunks.flatMap(({ file, css = [], assets = [] }) => [file, ...css, ...assets]);
  return [...new Set(files.map((file) => file.replace(`${ASSETS}/`, '')))];
}
