import type { Circle } from '../../contract/circles.ts';
import { NOTE_MAX, PLACE_MAX } from '../../contract/limits.ts';
import { CONDITIONS } from '../../contract/statuses.ts';
import { Text, type Words } from '../words.tsx';
import { CallPlace, type CallPlaceProps } from './call-place.tsx';
import { EmergencyLinks } from './emergency-links.tsx';
import { Form } from './form.tsx';
import { Icon } from './icon.tsx';

export interface PostFormProps extends CallPlaceProps {
  /** Id of whose page it is. */
  person: string;
  /** All circles of the person; those that they may post to are offered. */
  circles: readonly Circle[];
  /** Made for this page; see `form-status-id.ts`. */
  formId: string;
  /** What was written and then refused is given back. */
  draft?: { note?: string | undefined; place?: string | undefined } | undefined;
}

/** In an official circle only its keepers post. */
export function mayPost(circle: Circle): boolean {
  return circle.kind !== 'official' || circle.role === 'keeper';
}

/** Where the contract shows a place unless its author says otherwise. */
function seesPlace({ kind }: Circle): boolean {
  return kind === 'family' || kind === 'friends';
}

/** The four buttons under the thumb with the numbers of rescuers right under *help*, and below them what can wait. */
export function PostForm({ words, person, country, circles, formId, last, draft }: PostFormProps) {
  const open = circles.filter(mayPost);
  // Where there is nothing to choose, whoever taps the name wants to see the circle, and must not shut it out.
  const only = open.length === 1 ? open[0] : undefined;
  return (
    <Form person={person} action="/statuses" id="post-status">
      {/* Enter in a field must not press the first of the four buttons: a disabled default button stops it (HTML, 4.10.21.2). */}
      <button type="submit" disabled hidden />
      <input type="hidden" name="id" value={formId} />
      <div class="conditions">
        {CONDITIONS.map((condition) => (
          <button type="submit" name="condition" value={condition} class={`condition ${condition}`}>
            <Icon name={condition} />
            <span>
              <Text words={words} k={`button.${condition}`} />
            </span>
          </button>
        ))}
      </div>
      <CallPlace words={words} country={country} last={last} />
      <Emergency words={words} country={country} />
      <fieldset class="audience">
        <legend>
          <Text words={words} k="home.send-to" />
        </legend>
        <input type="hidden" name="audience" value="chosen" />
        {only ? (
          <>
            <input type="hidden" name="circles" value={only.id} />
            <a class="board-link" href={`/circles/${only.id}`}>
              {only.name}
            </a>
          </>
        ) : (
          open.map((circle) => (
            <label class="chip">
              <input type="checkbox" name="circles" value={circle.id} checked />
              <span>{circle.name}</span>
            </label>
          ))
        )}
      </fieldset>
      <details open={Boolean(draft?.note || draft?.place)}>
        <summary>
          <Text words={words} k="home.details" />
        </summary>
        <label class="field">
          <span>
            <Text words={words} k="home.note" />
          </span>
          <textarea
            name="note"
            rows={2}
            maxLength={2 * NOTE_MAX}
            data-most={NOTE_MAX}
            aria-describedby="note-hint"
            value={draft?.note}
          />
          <small id="note-hint">
            <Text words={words} k="home.note.hint" count={NOTE_MAX} />
          </small>
        </label>
        <label class="field">
          <span>
            <Text words={words} k="home.place" />
          </span>
          <input name="place" maxLength={2 * PLACE_MAX} data-most={PLACE_MAX} autocomplete="off" value={draft?.place} />
        </label>
        <fieldset class="audience">
          <legend>
            <Text words={words} k="home.place.circles" />
          </legend>
          <input type="hidden" name="placeAudience" value="chosen" />
          {open.map((circle) => (
            <label class="chip">
              <input type="checkbox" name="placeCircles" value={circle.id} checked={seesPlace(circle)} />
              <span>{circle.name}</span>
            </label>
          ))}
        </fieldset>
      </details>
    </Form>
  );
}

/** A button is not a rescue: the numbers that reach rescuers stand right under *help*. */
function Emergency({ words, country }: { words: Words; country: string }) {
  return (
    <p class="emergency">
      <span>
        <Text words={words} k="emergency.no-rescuers" />
      </span>{' '}
      <EmergencyLinks words={words} country={country} />
      <a href="/help">
        <span>
          <Text words={words} k="help.link" />
        </span>
      </a>
    </p>
  );
}
