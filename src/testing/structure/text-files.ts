import type { SourceFile } from './source-tree.ts';

const TEXTS = /^src\/i18n\/messages\/[^/]+\/([^/]+)\.ts$/;
const KEY = /^ {2}'([^'.]+)\./gm;

/**
 * Every first word of a text's key whose texts stand in files of several names, over all languages: whoever looks for a text
 * finds it by its key.
 */
export function findScatteredTexts(files: SourceFile[]): string[] {
  const names = new Map<string, Set<string>>();
  for (const { path, text } of files) {
    const name = TEXTS.exec(path)?.[1];
    if (!name) continue;
    for (const [, prefix = ''] of text.matchAll(KEY)) names.set(prefix, (names.get(prefix) ?? new Set()).add(name));
  }
  return [...names]
    .filter(([, some]) => some.size > 1)
    .map(([prefix, some]) => `'${prefix}.…' stands in ${[...some].sort().join(' and ')}: one prefix, one file`);
}
