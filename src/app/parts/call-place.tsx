import { CALL_ELEMENT } from '../browser-data.ts';
import { findEmergency } from '../emergency.ts';
import type { Words } from '../words.tsx';
import { CallRescuers } from './call-rescuers.tsx';
import { isUnconfirmed, type ToldStatus } from './last-status.tsx';

export interface CallPlaceProps {
  words: Words;
  country: string;
  /** The last word of its reader that this page shows. */
  last: ToldStatus | null;
}

/** Its place is below the four buttons: none of them moves under a thumb when it comes. The script fills it and empties it. */
export function CallPlace({ words, country, last }: CallPlaceProps) {
  const isUnheard = last !== null && isUnconfirmed(last, words.now);
  return <div id={CALL_ELEMENT}>{isUnheard && <CallRescuers words={words} call={findEmergency(country)[0]?.number} />}</div>;
}
