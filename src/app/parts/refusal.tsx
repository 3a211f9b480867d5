import type { ErrorCode } from '../../contract/errors.ts';
import { Text, type Words } from '../words.tsx';

interface RefusalProps {
  words: Words;
  code: ErrorCode | undefined;
  /** What says it better here than the general words of the code. */
  k?: 'unsent.circle' | undefined;
}

/** Why a form was not taken, above that form, in the reader's words. */
export function Refusal({ words, code, k }: RefusalProps) {
  if (!code) return null;
  return (
    <p class="refusal" role="alert">
      <Text words={words} k={k ?? `error.${code}`} />
    </p>
  );
}
