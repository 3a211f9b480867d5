import { type BrowserData, DATA_ELEMENT } from '../browser-data.ts';
import type { Words } from '../words.tsx';

/** The page as its script sees it. */
export interface Page {
  data: BrowserData;
  /**
   * Shown by the service worker from its store because there was no answer in time, or live once and stopped by the service; and
   * not made fresh since.
   */
  isCopy: boolean;
  /** When what is shown was last true, by the service's time in milliseconds. */
  trueAt: number;
  /** The service's time in milliseconds, as far as this phone can tell: its own clock may be wrong. */
  now: () => number;
  /** Takes the service's time (ms) from something that it has just said. */
  setTime: (now: number) => void;
  /** Speaks with the present moment. */
  words: () => Words;
}

/** What the server handed the script of a page. */
export function readData(doc: Document): BrowserData {
  return JSON.parse(doc.getElementById(DATA_ELEMENT)?.textContent ?? '') as BrowserData;
}

/** Reads what the server put into the page. */
export function readPage(doc: Document): Page {
  const data = readData(doc);
  const isCopy = doc.body.hasAttribute('data-copy');
  let offset = 0;
  const setTime = (at: number) => {
    offset = at - Date.now();
  };
  // A copy tells the time at which it was made.
  if (!isCopy) setTime(data.now);
  const now = () => Date.now() + offset;
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone || data.timeZone;
  const find: Words['find'] = (key) => data.messages[key] ?? key;
  return { data, isCopy, trueAt: data.now, now, setTime, words: () => ({ locale: data.locale, timeZone, now: now(), find }) };
}

/** Tells the server this phone's time zone, for the pages that it writes. */
export function reportTimeZone(doc: Document, { data, words }: Page): void {
  const { timeZone } = words();
  if (timeZone === data.timeZone && doc.cookie.includes('tz=')) return;
  const secure = location.protocol === 'https:' ? '; secure' : '';
  doc.cookie = `tz=${timeZone}; path=/; max-age=34560000; samesite=lax${secure}`;
}

/** Holds the focus where what had it goes: it would fall to the top of the page. */
export function holdFocus(place: HTMLElement | null | undefined): void {
  if (!place) return;
  place.tabIndex = -1;
  place.focus({ preventScroll: true });
}

let spoken: string[] = [];

/** Says once, for who listens instead of looking; what is said at the same moment is one text, or only the last would be heard. */
export function announce(doc: Document, text: string): void {
  const place = doc.getElementById('announce');
  if (!place) return;
  if (spoken.length === 0) setTimeout(() => (spoken = []));
  spoken.push(text);
  place.textContent = spoken.join(' ');
}
