import type { ErrorCode } from '../../contract/errors.ts';
import type { Person } from '../../contract/people.ts';
import { Face } from '../parts/face.tsx';
import { Form } from '../parts/form.tsx';
import { Refusal } from '../parts/refusal.tsx';
import { WayOn } from '../parts/way-on.tsx';
import { Text, type Words } from '../words.tsx';

const MEANS = ['boards', 'devices', 'circles', 'phones'] as const;

/** What erasing means, and a box to tick before the button does it. */
export function EraseScreen({ words, person, refusal }: { words: Words; person: Person; refusal?: ErrorCode | undefined }) {
  return (
    <>
      <h1>
        <Text words={words} k="erase.title" />
      </h1>
      <div id="outbox" />
      <p class="lead">
        <Face avatar={person.avatar} /> <b>{person.nickname}</b>: <Text words={words} k="erase.explain" />
      </p>
      <ul class="bullets">
        {MEANS.map((what) => (
          <li>
            <Text words={words} k={`erase.${what}`} />
          </li>
        ))}
      </ul>
      <Refusal words={words} code={refusal} />
      <Form person={person.id} action="/erase" class="card">
        <label class="chip">
          <input type="checkbox" name="sure" value="yes" required />
          <span>
            <Text words={words} k="erase.sure" />
          </span>
        </label>
        <button type="submit" class="button">
          <Text words={words} k="erase.button" />
        </button>
      </Form>
      <WayOn words={words} to="/settings" k="nav.back" />
    </>
  );
}

/** @param person id of who is no more, for the script to forget what they left on this phone; null when it is not known */
export function ErasedScreen({ words, person }: { words: Words; person: string | null }) {
  return (
    <>
      <h1>
        <Text words={words} k="erase.done" />
      </h1>
      <p class="lead" id="erased" data-person={person ?? undefined}>
        <Text words={words} k="erase.done.text" />
      </p>
      <WayOn words={words} to="/" k="nav.home" />
    </>
  );
}
