import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The built phone app: where its files lie, and the paths that pages point to. */
export interface Assets {
  directory: string;
  script: string;
  style: string;
}

const ENTRY = 'src/app/browser/main.ts';

/**
 * Reads the manifest that the build left beside the phone app. The bundle looks next to itself, a test that runs from
 * source looks into `dist`.
 * @throws Error that says what to type when the phone app was not built
 */
export function readAssets(directory = findAppDirectory()): Assets {
  const manifest: unknown = JSON.parse(readFileSync(join(directory, '.vite/manifest.json'), 'utf8'));
  const entry = (manifest as Record<string, { file: string; css?: string[] }>)[ENTRY];
  const style = entry?.css?.[0];
  if (!entry || !style)
    throw new Error(`${directory}/.vite/manifest.json names no ${ENTRY} with a style sheet; run: npm run build`);
  return { directory, script: `/${entry.file}`, style: `/${style}` };
}

function findAppDirectory(): string {
  const candidates = ['../app', '../../dist/app'].map((path) => join(import.meta.dirname, path));
  const directory = candidates.find((candidate) => existsSync(join(candidate, '.vite/manifest.json')));
  if (!directory) throw new Error('The phone app is not built; run: npm run build');
  return directory;
}
