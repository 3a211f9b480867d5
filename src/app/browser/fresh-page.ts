import { dayAndTime } from '../../i18n/clock.ts';
import { BOARD_ELEMENT, type BrowserData, CALL_ELEMENT, COPY_ELEMENT, MORE_ELEMENT, NOTICE_ELEMENT } from '../browser-data.ts';
import { fetchInTime, readRetryAfter } from '../phone/in-time.ts';
import { say } from '../words.tsx';
import { chooseWait } from './live-connection.ts';
import { announce, type Page, readData } from './page.ts';

/** After this long without an answer "asking" would be a hope and no news. */
const SLOW_MS = 4_000;

/**
 * Over a page that came from the phone itself: of when it is, and later, in the same place so that nothing moves, that it is
 * so no more.
 */
function tellCopy(page: Page, key: `offline.${'asking' | 'busy' | 'copy' | 'fresh' | 'newer'}`): void {
  const banner = document.getElementById(COPY_ELEMENT);
  if (!banner) return;
  const words = page.words();
  // It takes no less place than before.
  if (!banner.hidden) banner.style.minHeight = `${banner.offsetHeight}px`;
  if (key === 'offline.newer') {
    const link = document.createElement('a');
    link.href = location.pathname;
    link.textContent = say(words, key);
    banner.replaceChildren(link);
  } else {
    // Always with the day: a copy may be kept for weeks.
    const time = dayAndTime(words.locale, page.trueAt, words.timeZone);
    banner.textContent = key === 'offline.fresh' ? say(words, key) : say(words, key, { time });
  }
  banner.hidden = false;
  if (page.isCopy) return;
  announce(document, banner.textContent ?? '');
}

/** What is shown is true again, from `live` or from a newer page. */
export function endCopy(page: Page, hasMore = false): void {
  if (!page.isCopy) return;
  page.isCopy = false;
  document.body.removeAttribute('data-copy');
  tellCopy(page, hasMore ? 'offline.newer' : 'offline.fresh');
}

/**
 * Over what was a copy, and is fresh: that it is the newest is true only while it follows by itself. Else it is of when it was
 * last asked for. Nothing where no line stands over the page, or one with a link in it.
 */
export function tellFollowing(page: Page, isFollowing: boolean): void {
  const banner = document.getElementById(COPY_ELEMENT);
  if (!banner || banner.hidden || page.isCopy || banner.firstElementChild) return;
  const words = page.words();
  const time = dayAndTime(words.locale, page.trueAt, words.timeZone);
  banner.textContent = isFollowing ? say(words, 'offline.fresh') : say(words, 'board.as-of', { time });
}

/**
 * Asks for the page that a copy stands for until the network has it, only while somebody looks. Then `take` puts in what can
 * change without moving anything under a finger; whatever else differs is offered, and shown when its reader wants it. A page
 * that its reader may not see any more is gone at once.
 * @returns makes a copy of a page that was live and is not any more, and asks for it in the same way
 */
export function freshen(page: Page, take: (newer: BrowserData) => void): () => void {
  const before = readText(document);
  let attempt = 0;
  let notBefore = 0;
  let isAsking = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** Who has a network need not go and look for one. */
  const tellNoAnswer = () => tellCopy(page, navigator.onLine ? 'offline.busy' : 'offline.copy');

  const ask = async () => {
    if (!page.isCopy || isAsking || document.visibilityState !== 'visible' || Date.now() < notBefore) return;
    isAsking = true;
    clearTimeout(timer);
    const slow = setTimeout(() => page.isCopy && tellNoAnswer(), SLOW_MS);
    const waitMs = await askOnce().catch(() => 0);
    clearTimeout(slow);
    isAsking = false;
    if (waitMs === null || !page.isCopy) return;
    tellNoAnswer();
    notBefore = Date.now() + waitMs;
    timer = setTimeout(ask, waitMs + chooseWait(attempt, Math.random()));
    attempt += 1;
  };

  /** Null when there is nothing more to ask; else how long to leave the service alone, in milliseconds. */
  const askOnce = async (): Promise<number | null> => {
    // One that hangs is asked again; by then perhaps over another connection.
    const response = await fetchInTime(location.pathname, { headers: { accept: 'text/html' } });
    if (!response) return 0;
    if (response.redirected) return leave(() => location.replace(response.url));
    if ([401, 404, 410].includes(response.status)) return leave(() => location.reload());
    if (!response.ok) return (readRetryAfter(response) ?? 0) * 1_000;
    const doc = new DOMParser().parseFromString(await response.text(), 'text/html');
    const newer = readData(doc);
    if (newer.person !== page.data.person) return leave(() => location.reload());
    page.setTime(newer.now);
    page.trueAt = newer.now;
    endCopy(page, readText(doc) !== before);
    putLast(page, newer, doc);
    putNotice(doc);
    take(newer);
    return null;
  };

  const begin = () => {
    page.isCopy = true;
    tellCopy(page, 'offline.asking');
    void ask();
  };

  addEventListener('online', () => void ask());
  document.addEventListener('visibilitychange', () => void ask());
  if (page.isCopy) begin();
  return begin;
}

/** Asks what the last status is, and tells it where the page does. False where there is no answer now. */
export async function renewLast(page: Page): Promise<boolean> {
  const response = await fetchInTime(location.pathname, { headers: { accept: 'text/html' } });
  if (!response?.ok) return false;
  const doc = new DOMParser().parseFromString(await response.text(), 'text/html');
  const newer = readData(doc);
  // Somebody else has signed in in another tab: what they sent is not this page's to tell.
  if (newer.person !== page.data.person) return false;
  putLast(page, newer, doc);
  return true;
}

/** Puts the last status of a newer page into this one. Its place is large enough that nothing below it moves. */
function putLast(page: Page, { last }: BrowserData, doc: Document): void {
  const [here, there] = [document, doc].map((each) => each.getElementById('last'));
  page.data.last = last ?? null;
  if (there) here?.replaceChildren(...there.childNodes);
}

/**
 * Puts the notice of a new device into a copy, or takes it away. Nothing may move: where the copy has no place for one, it
 * stands in the line over the page; and what is gone leaves its place empty.
 */
function putNotice(doc: Document): void {
  const [here, there] = [document, doc].map((each) => each.getElementById(NOTICE_ELEMENT));
  if (here) here.style.visibility = there ? '' : 'hidden';
  if (here || !there) return;
  there.removeAttribute('class');
  document.getElementById(COPY_ELEMENT)?.replaceChildren(there);
  const heard = there.cloneNode(true) as Element;
  for (const reading of heard.querySelectorAll('rp, rt')) reading.remove();
  announce(document, heard.textContent ?? '');
}

function leave(go: () => void): null {
  go();
  return null;
}

/** Parts of a page that are put into a copy by themselves. */
const PUT_IN = ['outbox', MORE_ELEMENT, 'last', BOARD_ELEMENT, CALL_ELEMENT, COPY_ELEMENT, NOTICE_ELEMENT].map((id) => `#${id}`);

/** What a page says, but for those. */
function readText(doc: Document): string {
  const main = doc.getElementById('main')?.cloneNode(true) as Element | undefined;
  for (const part of main?.querySelectorAll(`${PUT_IN}, noscript`) ?? []) part.remove();
  return main?.textContent ?? '';
}
