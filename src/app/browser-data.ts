import type { Board } from '../contract/circles.ts';
import type { Locale } from '../contract/people.ts';
import type { OwnStatus } from '../contract/statuses.ts';
import type { MessageKey } from '../i18n/catalogue.ts';
import type { Message } from '../i18n/message.ts';

/** What a page hands its script, as JSON in the page: no second request, and no inline script for the CSP to forbid. */
export interface BrowserData {
  locale: Locale;
  timeZone: string;
  /** When the server wrote the page, as it reads its clock. */
  now: number;
  /**
   * The person signed in: a status waiting on this phone is sent only while its own author is. Null for nobody; left out where
   * it cannot be told, because the store is away or the page is kept for whoever has the phone.
   */
  person?: string | null | undefined;
  /** Whose emergency numbers these pages show (ISO 3166-1); left out where nobody can tell. */
  country?: string | undefined;
  messages: Partial<Record<MessageKey, Message>>;
  board?: Board;
  last?: OwnStatus | null;
  /** Whether this person leaves footprints at all. */
  footprints?: boolean;
  /** The number of the rescuers where this person is. */
  call?: string | undefined;
}

/** Id of the element that carries it. */
export const DATA_ELEMENT = 'page-data';
/** Id of the element that holds a board, and nothing else: the script takes it over, and the service worker puts newer ones in. */
export const BOARD_ELEMENT = 'board';
/** Id of the place for the way to the rescuers, where nobody is known to have heard a call for help. */
export const CALL_ELEMENT = 'call';
/** Id of the notice that another device has signed in. What a copy says of it may be known by now: shown only where it is news. */
export const NOTICE_ELEMENT = 'new-device';
/** Id of the place below the four buttons for what was tapped before the last tap. */
export const MORE_ELEMENT = 'outbox-more';
/** Id of what the page for no connection says where a page could not be opened. */
export const NO_PAGE_ELEMENT = 'no-page';
/** Id of what it says where a form got no answer. The server hides it. */
export const NO_ANSWER_ELEMENT = 'no-answer';
/** Id of the line over a page that is a copy. The server hides it. */
export const COPY_ELEMENT = 'offline-copy';
