import type { ErrorCode } from '../../contract/errors.ts';
import { Text, type Words } from '../words.tsx';

/** Why a form was not taken, above that form, in the reader's words. */
export function Refusal({ words, code }: { words: Words; code: ErrorCode | undefined }) {
  if (!code) return null;
  return (
    <p class="refusal" role="alert">
      <Text words={words} k={`error.${code}`} />
    </p>
  );
}
