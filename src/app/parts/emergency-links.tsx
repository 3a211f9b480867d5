import { findEmergency } from '../emergency.ts';
import { Text, type Words } from '../words.tsx';

/** The numbers that reach rescuers; a tap on a phone dials. @param kind class of each link */
export function EmergencyLinks({ words, country, kind }: { words: Words; country: string | undefined; kind?: string }) {
  return (
    <>
      {findEmergency(country).map(({ number, reaches }) => (
        <a href={`tel:${number}`} class={kind}>
          <b>{number}</b>{' '}
          <span>
            <Text words={words} k={`emergency.${reaches}`} />
          </span>
        </a>
      ))}
    </>
  );
}
