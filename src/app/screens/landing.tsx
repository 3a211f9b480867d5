import type { ErrorCode } from '../../contract/errors.ts';
import { Form } from '../parts/form.tsx';
import { PersonFields } from '../parts/person-fields.tsx';
import { Refusal } from '../parts/refusal.tsx';
import { Text, type Words } from '../words.tsx';

export interface LandingProps {
  words: Words;
  refusal?: ErrorCode | undefined;
  nickname?: string | undefined;
}

/** What somebody sees who is not signed in: what this is, and three ways in. */
export function LandingScreen({ words, refusal, nickname }: LandingProps) {
  return (
    <>
      <h1>
        <Text words={words} k="landing.title" />
      </h1>
      <div id="outbox" />
      <section class="card installed">
        <p>
          <Text words={words} k="signin.installed" />
        </p>
        <a class="button" href="/recover">
          <Text words={words} k="signin.title" />
        </a>
      </section>
      <p class="lead">
        <Text words={words} k="landing.what" />
      </p>
      <section class="card">
        <h2>
          <Text words={words} k="landing.start" />
        </h2>
        <Refusal words={words} code={refusal} />
        <Form person={null} action="/start">
          <PersonFields words={words} nickname={nickname} />
          <button type="submit" class="button">
            <Text words={words} k="start.button" />
          </button>
        </Form>
      </section>
      {/* On the first screen: whoever does not see it becomes a second person under the same name. */}
      <a class="button secondary" href="/recover">
        <Text words={words} k="landing.recover" />
      </a>
      <p>
        <Text words={words} k="landing.who" />
      </p>
      <section>
        <h2>
          <Text words={words} k="landing.join.title" />
        </h2>
        <p>
          <Text words={words} k="landing.join.text" />
        </p>
      </section>
    </>
  );
}
