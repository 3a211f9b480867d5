import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The built phone app: where its files lie, the path of the script, and the style sheet that stands in every page. */
export interface Assets {
  directory: string;
  script: string;
  /** The whole style sheet, and the source by which a Content-Security-Policy allows it (CSP 3, `hash-source`). */
  style: { text: string; source: string };
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
  const text = readFileSync(join(directory, style), 'utf8').trim();
  const source = `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  return { directory, script: `/${entry.file}`, style: { text, source } };
}

function findAppDirectory(): string {
  const candidates = ['../app', '../../dist/app'].map((path) => join(import.meta.dirname, path));
  const directory = candidates.find((candidate) => existsSync(join(candidate, '.vite/manifest.json')));
  if (!directory) throw new Error('The phone app is not built; run: npm run build');
  return directory;
}
