import { Text, type Words } from '../words.tsx';

/** The quiet button at the end of a page: back, or home. */
export function WayOn({ words, to, k }: { words: Words; to: string; k: 'nav.back' | 'nav.home' }) {
  return (
    <p>
      <a class="button secondary" href={to}>
        <Text words={words} k={k} />
      </a>
    </p>
  );
}
