import { CIRCLE_KINDS, type CircleKind } from '../../contract/circles.ts';
import type { ErrorCode } from '../../contract/errors.ts';
import { CIRCLE_NAME_MAX } from '../../contract/limits.ts';
import { Form } from '../parts/form.tsx';
import { Refusal } from '../parts/refusal.tsx';
import { Text, type Words } from '../words.tsx';

export interface NewCircleProps {
  words: Words;
  /** Id of who makes it. */
  person: string;
  refusal?: ErrorCode | undefined;
  draft?: { name?: string | undefined; kind?: string | undefined } | undefined;
}

const DEFAULT_KIND: CircleKind = 'family';

/** Making a circle: its name and its kind, which decides who may post and who is shown a place. */
export function NewCircleScreen({ words, person, refusal, draft }: NewCircleProps) {
  const chosen = draft?.kind ?? DEFAULT_KIND;
  return (
    <>
      <h1>
        <Text words={words} k="circle.new.title" />
      </h1>
      <p>
        <Text words={words} k="circle.new.explain" />
      </p>
      <Refusal words={words} code={refusal} />
      <Form person={person} action="/circles">
        <label class="field">
          <span>
            <Text words={words} k="circle.name" />
          </span>
          <input name="name" required maxLength={CIRCLE_NAME_MAX} autocomplete="off" value={draft?.name} />
        </label>
        <fieldset class="audience">
          <legend>
            <Text words={words} k="circle.kind" />
          </legend>
          {CIRCLE_KINDS.map((kind) => (
            <label class="chip">
              <input type="radio" name="kind" value={kind} checked={kind === chosen} />
              <span>
                <Text words={words} k={`circle.kind.${kind}`} />
              </span>
            </label>
          ))}
        </fieldset>
        <button type="submit" class="button">
          <Text words={words} k="circle.create" />
        </button>
      </Form>
    </>
  );
}
