import { importsOf, type SourceFile, withoutComments } from './source-tree.ts';

/** The two scripts that run on phones; what they import runs there too. */
const ENTRIES = ['src/app/browser/main.ts', 'src/app/service-worker/main.ts'];

/**
 * What Safari 16.0 or Chrome 90 do not have (MDN, browser compatibility). The build translates syntax for old phones, not what
 * is called: on an iPhone that stays at iOS 16 such a call ends an alert or a tap without a word. One entry a line, as it is
 * written in code.
 */
const TOO_NEW = [
  /\bURL\.(canParse|parse)\b/,
  /\bAbortSignal\.(timeout|any)\b/,
  /\.(toSorted|toReversed|toSpliced|findLast|findLastIndex|at|isWellFormed|toWellFormed|checkVisibility|showPopover)\(/,
  /\.(union|intersection|difference|isSubsetOf|isDisjointFrom)\(/,
  /\b(structuredClone|requestIdleCallback|reportError)\(/,
  /\b(Object|Map)\.groupBy\b/,
  /\bObject\.hasOwn\b/,
  /\bArray\.fromAsync\b/,
  /\bPromise\.(withResolvers|try)\b/,
  /\bcrypto\.randomUUID\b/,
  /\bResponse\.json\(/,
  /\bIntl\.(Segmenter|DurationFormat|supportedValuesOf)\b/,
  /\(\?<[=!]/,
];

/** Every use of something that an old phone lacks, in what runs on phones. */
export function findTooNew(files: SourceFile[], entries = ENTRIES): string[] {
  return reach(files, entries).flatMap(({ path, text }) =>
    TOO_NEW.flatMap((pattern) => pattern.exec(withoutComments(text))?.[0] ?? []).map(
      (found) => `${path} uses ${found}, which phones lack that this app is for`,
    ),
  );
}

/** The files that are loaded when the entries are; types are not. */
function reach(files: SourceFile[], entries: readonly string[]): SourceFile[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const reached = new Set<SourceFile>();
  const visit = (path: string) => {
    const file = byPath.get(path);
    if (!file || reached.has(file)) return;
    reached.add(file);
    for (const { target, isTypeOnly } of importsOf(file)) if (!isTypeOnly) visit(target);
  };
  entries.forEach(visit);
  return [...reached];
}
