import type { ErrorCode } from '../../contract/errors.ts';
import { Form } from '../parts/form.tsx';
import { WayOn } from '../parts/way-on.tsx';
import { Text, type Words } from '../words.tsx';

export interface ResendProps {
  words: Words;
  /** Id of who sends. */
  person: string;
  code: ErrorCode;
  /** The fields of the form as they came, its hidden id among them: sending again must not make a second status. */
  fields: readonly (readonly [name: string, value: string | undefined])[];
}

/** The service was not sure, and says so; one press sends the same status again. */
export function ResendScreen({ words, person, code, fields }: ResendProps) {
  return (
    <>
      <h1>
        <Text words={words} k="error.title" />
      </h1>
      <p class="lead" role="alert">
        <Text words={words} k={`error.${code}`} />
      </p>
      <Form person={person} action="/statuses">
        {fields.map(([name, value]) => value !== undefined && <input type="hidden" name={name} value={value} />)}
        <button type="submit" class="button">
          <Text words={words} k="action.send-again" />
        </button>
      </Form>
      <WayOn words={words} to="/" k="nav.home" />
    </>
  );
}
