import { render } from 'preact';
import { CALL_ELEMENT } from '../browser-data.ts';
import { CallRescuers } from '../parts/call-rescuers.tsx';
import { isUnconfirmed } from '../parts/last-status.tsx';
import { sayAloud } from '../words.tsx';
import { announce, type Page } from './page.ts';

/** Whether the page itself, without what this phone keeps, tells of a call for help that nobody is known to have heard. */
export function isLastUnheard({ data, now }: Page): boolean {
  const isTold = document.querySelector('#last:not([hidden]) [data-status]') !== null;
  return isTold && Boolean(data.last && isUnconfirmed(data.last, now()));
}

/** Puts the way to the rescuers below the four buttons, or takes it away; on pages that have a place for it. */
export function showCall(page: Page, isUnheard: boolean): void {
  const place = document.getElementById(CALL_ELEMENT);
  // What stands there may be the server's, which Preact would neither take away nor know as its own; and a link stays the same
  // one under the finger that is on it.
  if (!place || place.hasChildNodes() === isUnheard) return;
  const fresh = document.createElement('div');
  const words = page.words();
  const { call } = page.data;
  if (isUnheard) render(<CallRescuers words={words} call={call} />, fresh);
  place.replaceChildren(...fresh.childNodes);
  if (isUnheard && call) announce(document, sayAloud(words, 'seen.unconfirmed', { number: call }));
}
