import type { SourceFile } from './source-tree.ts';

/** One idea per file: beyond this a reader no longer holds it in mind. Most files stay below half of it. */
const MAX_LINES = 300;

/** Every source file that is too long. The linter says the same of TypeScript; this says it of Lua, scripts and styles too. */
export function findLongFiles(files: SourceFile[]): string[] {
  return files
    .map(({ path, text }) => ({ path, lines: text.replace(/\n$/, '').split('\n').length }))
    .filter(({ lines }) => lines > MAX_LINES)
    .map(({ path, lines }) => `${path} has ${lines} lines: split it by idea, ${MAX_LINES} are the most`);
}
