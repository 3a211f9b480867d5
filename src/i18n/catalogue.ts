import type { Message, Param, Placeholders } from './message.ts';
import type { en } from './messages/en.ts';

/** English defines the keys; every other catalogue must have each of them (the type says so) with the same placeholders (a test does). */
export type MessageKey = keyof typeof en;
export type Catalogue = Readonly<Record<MessageKey, Message>>;

/** What another language than English brings. */
export interface Translation {
  /** Whether somebody who grew up with the language has read every text. Settings say so where nobody has. */
  isReviewed: boolean;
  messages: Catalogue;
}

/** The parameters that a key needs: none, or an object that names every placeholder. */
export type ParamsOf<K extends MessageKey> = [Placeholders<(typeof en)[K]>] extends [never]
  ? []
  : [params: Readonly<Record<Placeholders<(typeof en)[K]>, Param>>];
