import type { InAppBrowser } from '../in-app-browser.ts';
import { Text, type Words } from '../words.tsx';

export interface OpenOutsideProps {
  words: Words;
  inApp: InAppBrowser;
  /** Of this page. */
  path: string;
}

/** The ways out of an app's own browser, to the same page in the phone's: the app's link where it has one, and its menu. */
export function OpenOutside({ words, inApp: { browser, outsideQuery }, path }: OpenOutsideProps) {
  return (
    <>
      {outsideQuery && (
        <a class="button secondary" href={`${path}${outsideQuery}`}>
          <Text words={words} k="outside.open" browser={browser} />
        </a>
      )}
      <p class="small">
        <Text words={words} k="outside.menu" sign="⋮ ⋯" />
      </p>
    </>
  );
}
