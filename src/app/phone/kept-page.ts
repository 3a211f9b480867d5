import {
  BOARD_ELEMENT,
  type BrowserData,
  COPY_ELEMENT,
  DATA_ELEMENT,
  NO_ANSWER_ELEMENT,
  NO_PAGE_ELEMENT,
} from '../browser-data.ts';

/** What a page of a board hands over when nobody looks at it any more: the board as it was last shown. */
export interface ShownBoard {
  /** Path of its page. */
  path: string;
  /** Who it was shown to. */
  person: string;
  /** What stands inside of `#board`, as HTML. */
  board: string;
  /** The page's data (`BrowserData`) with that board and its time, as JSON. */
  data: string;
}

/** The JSON in a page holds no "<". */
const DATA = new RegExp(`(<script[^>]* id="${DATA_ELEMENT}">)([^<]*)`);
const BOARD = `<div id="${BOARD_ELEMENT}">`;
const BANNER = new RegExp(`(<p id="${COPY_ELEMENT}"[^>]*?) hidden(?=[ >])`);

/** What the server handed the script of a page; null where there is nothing that can be read. */
export function readPageData(html: string): BrowserData | null {
  try {
    return JSON.parse(DATA.exec(html)?.[2] ?? '') as BrowserData;
  } catch {
    return null;
  }
}

/**
 * The page as a copy of itself: its script and its style sheet see by the mark that it may be old, and its reader by the line
 * over it, also where no script runs.
 */
export function markCopy(html: string): string {
  return html.replace('<body', '<body data-copy').replace(BANNER, '$1');
}

/** The copy of the page for no connection as the answer to a form: it tells of that, and not of a page that could not be opened. */
export function markUnanswered(html: string): string {
  const [noPage, noAnswer] = [NO_PAGE_ELEMENT, NO_ANSWER_ELEMENT].map((id) => `id="${id}"`) as [string, string];
  return markCopy(html).replace(noPage, '$& hidden').replace(`${noAnswer} hidden`, noAnswer);
}

/** The kept page with the newer board in it; null where the page is not one that holds a board. */
export function putBoard(html: string, { board, data }: ShownBoard): string | null {
  const start = html.indexOf(BOARD);
  const end = start < 0 ? -1 : findEnd(html, start);
  if (end < 0 || !DATA.test(html)) return null;
  const page = html.slice(0, start) + BOARD + board + html.slice(end);
  return page.replace(DATA, (_, tag: string) => tag + data.replaceAll('<', '\\u003c'));
}

/** Where the `div` that begins at `start` is closed. Its text is escaped, so every tag found is one. */
function findEnd(html: string, start: number): number {
  let depth = 0;
  for (const tag of html.slice(start).matchAll(/<(\/?)div\b/g)) {
    depth += tag[1] ? -1 : 1;
    if (depth === 0) return start + tag.index;
  }
  return -1;
}

/** Addresses of the files of a release, and of the icons, that a page loads. */
export function readParts(html: string): string[] {
  return [...html.matchAll(/(?:src|href)="(\/(?:assets\/|icon)[^"]+)"/g)].map((match) => match[1] ?? '');
}
