import type { ErrorCode } from '../../contract/errors.ts';
import { Refusal } from '../parts/refusal.tsx';
import { Text, type Words } from '../words.tsx';

/** The recovery code, shown until its owner says that it is kept. `next` is where to go then. */
export function WelcomeScreen({ words, recoveryCode, next }: { words: Words; recoveryCode: string | null; next: string }) {
  return (
    <>
      <h1>
        <Text words={words} k="welcome.title" />
      </h1>
      {recoveryCode ? (
        <>
          <p>
            <Text words={words} k="welcome.explain" />
          </p>
          <p class="card code" id="recovery-code" translate={false}>
            <span class="visually-hidden">
              <Text words={words} k="welcome.code" />:{' '}
            </span>
            <code>{recoveryCode}</code>
          </p>
          <button type="button" class="button secondary" data-print hidden>
            <Text words={words} k="welcome.print" />
          </button>
        </>
      ) : (
        <p>
          <Text words={words} k="welcome.gone" />
        </p>
      )}
      <form method="post" action="/welcome">
        <input type="hidden" name="next" value={next} />
        <button type="submit" class="button">
          {recoveryCode ? <Text words={words} k="welcome.saved" /> : <Text words={words} k="action.next" />}
        </button>
      </form>
    </>
  );
}

/** Signing in on another phone. */
export function RecoverScreen({ words, next, refusal }: { words: Words; next: string; refusal?: ErrorCode | undefined }) {
  return (
    <>
      <h1>
        <Text words={words} k="recover.title" />
      </h1>
      <div id="outbox" />
      <Refusal words={words} code={refusal} />
      <form method="post" action="/recover" class="card">
        <input type="hidden" name="next" value={next} />
        <label class="field">
          <span>
            <Text words={words} k="recover.code" />
          </span>
          <input
            name="recoveryCode"
            required
            maxLength={64}
            autocomplete="off"
            autocapitalize="characters"
            spellcheck={false}
            aria-describedby="code-hint"
          />
          <small id="code-hint">
            <Text words={words} k="recover.hint" /> <Text words={words} k="recover.new-code" />
          </small>
        </label>
        <button type="submit" class="button">
          <Text words={words} k="recover.button" />
        </button>
      </form>
    </>
  );
}
