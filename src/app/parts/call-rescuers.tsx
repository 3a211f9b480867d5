import { Text, type Words } from '../words.tsx';

/** For a call for help that nobody is known to have heard; nothing where the number is not known. */
export function CallRescuers({ words, call }: { words: Words; call: string | undefined }) {
  if (!call) return null;
  return (
    <a class="button unconfirmed" href={`tel:${call}`}>
      <Text words={words} k="seen.unconfirmed" number={call} />
    </a>
  );
}
