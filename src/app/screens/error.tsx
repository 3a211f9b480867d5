import type { ErrorCode } from '../../contract/errors.ts';
import { NO_ANSWER_ELEMENT, NO_PAGE_ELEMENT } from '../browser-data.ts';
import { EmergencyLinks } from '../parts/emergency-links.tsx';
import { WayOn } from '../parts/way-on.tsx';
import { Text, type Words } from '../words.tsx';

export interface ErrorProps {
  words: Words;
  code: ErrorCode;
  text: `error.${ErrorCode}` | 'error.busy';
  requestId: string;
  /** Where to come back to after signing in. */
  next: string;
}

/** A refusal that has no form to stand in: what happened, and the way on. */
export function ErrorScreen({ words, code, text, requestId, next }: ErrorProps) {
  return (
    <>
      <h1>
        <Text words={words} k="error.title" />
      </h1>
      <div id="outbox" />
      <p class="lead">
        <Text words={words} k={text} />
      </p>
      {code === 'not-signed-in' && (
        <p>
          <a class="button" href={`/recover?next=${encodeURIComponent(next)}`}>
            <Text words={words} k="signin.title" />
          </a>
        </p>
      )}
      <WayOn words={words} to="/" k="nav.home" />
      <p class="faint small">
        <Text words={words} k="error.reference" id={requestId} />
      </p>
    </>
  );
}

/** Nothing was done: the page that asked for it was made for another person than the one who is signed in by now. */
export function OtherPersonScreen({ words, nickname }: { words: Words; nickname: string }) {
  return (
    <>
      <h1>
        <Text words={words} k="error.title" />
      </h1>
      <div id="outbox" />
      <p class="lead" role="alert">
        <Text words={words} k="signin.other" name={nickname} />
      </p>
      <WayOn words={words} to="/" k="nav.home" />
    </>
  );
}

/**
 * What the service worker shows when there is neither an answer nor a copy: without a network, and from a service that hangs or
 * refuses. It cannot tell which, so its words are true of all. As the answer to a form that got none it says so, for that may
 * have been done all the same. The outbox still tells what waits on the phone, and how much, and rescuers are called by telephone.
 */
export function OfflineScreen({ words, country }: { words: Words; country: string | undefined }) {
  return (
    <>
      <h1>
        <Text words={words} k="offline.title" />
      </h1>
      <div id="outbox" data-counted="" />
      <p id={NO_PAGE_ELEMENT} class="lead">
        <Text words={words} k="offline.text" />
      </p>
      <div id={NO_ANSWER_ELEMENT} hidden={true}>
        <p class="lead">
          <Text words={words} k="unsent.form" />
        </p>
        <button type="button" class="button" data-back="" hidden={true}>
          <Text words={words} k="nav.back" />
        </button>
      </div>
      <p>
        <a class="button" href="/">
          <Text words={words} k="nav.home" />
        </a>
      </p>
      <div class="numbers">
        <EmergencyLinks words={words} country={country} kind="button secondary" />
      </div>
    </>
  );
}
