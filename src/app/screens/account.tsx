import type { ErrorCode } from '../../contract/errors.ts';
import type { Person } from '../../contract/people.ts';
import { Form } from '../parts/form.tsx';
import { Refusal } from '../parts/refusal.tsx';
import { partsOf, say, Text, type Words } from '../words.tsx';
import { OtherPerson } from './move.tsx';

export interface WelcomeProps {
  words: Words;
  /** Id of who is signed in; null for nobody. */
  person: string | null;
  recoveryCode: string | null;
  /** Where to go once the code is kept. */
  next: string;
  /** The name of the circle that was just joined. */
  joined?: string | undefined;
}

/** The recovery code, shown until its owner says that it is kept. */
export function WelcomeScreen({ words, person, recoveryCode, next, joined }: WelcomeProps) {
  return (
    <>
      {joined !== undefined && (
        <p class="notice">
          <Text words={words} k="welcome.joined" circle={joined} />
        </p>
      )}
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
          <div class="pair">
            <a class="button secondary" href="/welcome/buji-code.txt" download>
              <Text words={words} k="welcome.file" />
            </a>
            <button type="button" class="button secondary" data-print hidden>
              <Text words={words} k="welcome.print" />
            </button>
          </div>
        </>
      ) : (
        <p>
          <Text words={words} k="welcome.gone" />
        </p>
      )}
      <Form person={person} action="/welcome">
        <input type="hidden" name="next" value={next} />
        <button type="submit" class="button">
          {recoveryCode ? <Text words={words} k="welcome.saved" /> : <Text words={words} k="action.next" />}
        </button>
      </Form>
    </>
  );
}

/** What the saved file says: whose code it is, the code, and what it is for. */
export function writeCodeFile(words: Words, nickname: string, recoveryCode: string, address: string): string {
  return ['Buji', nickname, '', recoveryCode, '', say(words, 'welcome.file.text', { address }), ''].join('\r\n');
}

export interface RecoverProps {
  words: Words;
  next: string;
  /** Who is signed in on this phone already. */
  present: Person | null;
  refusal?: ErrorCode | undefined;
}

/** Signing in by a code: the one kept on paper, or the one that another phone shows. One field takes either. */
export function RecoverScreen({ words, next, present, refusal }: RecoverProps) {
  return (
    <>
      <h1>
        <Text words={words} k="signin.title" />
      </h1>
      <div id="outbox" />
      <Refusal words={words} code={refusal} />
      {present && <OtherPerson words={words} present={present} />}
      <Form person={present?.id ?? null} action="/recover" class="card">
        <input type="hidden" name="next" value={next} />
        <label class="field">
          <span>
            <Text words={words} k="signin.code" />
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
            <Text words={words} k="signin.hint" settings={partsOf(words, 'nav.settings')} move={partsOf(words, 'move.title')} />{' '}
            <Text words={words} k="signin.new-code" />
          </small>
        </label>
        <button type="submit" class="button">
          <Text words={words} k="recover.button" />
        </button>
      </Form>
    </>
  );
}
