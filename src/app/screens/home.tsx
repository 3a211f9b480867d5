import type { Circle } from '../../contract/circles.ts';
import type { ErrorCode } from '../../contract/errors.ts';
import { NOTE_MAX, PLACE_MAX } from '../../contract/limits.ts';
import { CONDITIONS, type OwnStatus } from '../../contract/statuses.ts';
import { findEmergency } from '../emergency.ts';
import { Icon } from '../parts/icon.tsx';
import { LastStatus } from '../parts/last-status.tsx';
import { Refusal } from '../parts/refusal.tsx';
import { Text, type Words } from '../words.tsx';

export interface HomeProps {
  words: Words;
  country: string;
  circles: readonly Circle[];
  last: OwnStatus | null;
  /** Made for this page; see `form-status-id.ts`. */
  formId: string;
  refusal?: ErrorCode | undefined;
  /** What was written and then refused is given back. */
  draft?: { note?: string | undefined; place?: string | undefined } | undefined;
}

/** Four buttons under the thumb; what I sent last above them; everything that can wait below. */
export function HomeScreen(props: HomeProps) {
  const { words, circles, last, refusal } = props;
  const open = circles.filter((circle) => circle.kind !== 'official' || circle.role === 'keeper');
  return (
    <div class="home">
      <section class="last" aria-labelledby="home-title">
        <h1 id="home-title">
          <Text words={words} k="home.title" />
        </h1>
        <Refusal words={words} code={refusal} />
        <div id="outbox" />
        <div id="last">
          <LastStatus words={words} last={last} />
        </div>
      </section>
      {open.length > 0 ? <PostForm {...props} open={open} /> : <NoCircle words={words} />}
      <CircleLinks words={words} circles={circles} />
    </div>
  );
}

function PostForm({ words, country, open, formId, draft }: HomeProps & { open: readonly Circle[] }) {
  return (
    <form method="post" action="/statuses" id="post-status">
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
      <Emergency words={words} country={country} />
      <fieldset class="audience">
        <legend>
          <Text words={words} k="home.send-to" />
        </legend>
        <input type="hidden" name="audience" value="chosen" />
        {open.map((circle) => (
          <label class="chip">
            <input type="checkbox" name="circles" value={circle.id} checked />
            <span>{circle.name}</span>
          </label>
        ))}
      </fieldset>
      <details open={Boolean(draft?.note || draft?.place)}>
        <summary>
          <Text words={words} k="home.details" />
        </summary>
        <label class="field">
          <span>
            <Text words={words} k="home.note" />
          </span>
          <textarea name="note" rows={2} maxLength={NOTE_MAX} aria-describedby="note-hint" value={draft?.note} />
          <small id="note-hint">
            <Text words={words} k="home.note.hint" count={NOTE_MAX} />
          </small>
        </label>
        <label class="field">
          <span>
            <Text words={words} k="home.place" />
          </span>
          <input name="place" maxLength={PLACE_MAX} autocomplete="off" aria-describedby="place-hint" value={draft?.place} />
          <small id="place-hint">
            <Text words={words} k="home.place.hint" />
          </small>
        </label>
      </details>
    </form>
  );
}

/** A button is not a rescue: the numbers that reach rescuers stand right under *help*. */
function Emergency({ words, country }: { words: Words; country: string }) {
  return (
    <p class="emergency">
      <span>
        <Text words={words} k="emergency.no-rescuers" />
      </span>{' '}
      {findEmergency(country).map(({ number, reaches }) => (
        <a href={`tel:${number}`}>
          <b>{number}</b>{' '}
          <span>
            <Text words={words} k={`emergency.${reaches}`} />
          </span>
        </a>
      ))}
    </p>
  );
}

function NoCircle({ words }: { words: Words }) {
  return (
    <p class="notice">
      <Text words={words} k="home.no-circle" />
    </p>
  );
}

function CircleLinks({ words, circles }: { words: Words; circles: readonly Circle[] }) {
  return (
    <nav class="circles" aria-labelledby="circles-title">
      <h2 id="circles-title">
        <Text words={words} k="home.circles" />
      </h2>
      <ul>
        {circles.map((circle) => (
          <li>
            <a href={`/circles/${circle.id}`}>
              <b>{circle.name}</b>
              <span class="faint">
                <Text words={words} k="circle.members" count={circle.memberCount} />
              </span>
            </a>
          </li>
        ))}
      </ul>
      <a class={circles.length > 0 ? 'button secondary' : 'button'} href="/circles/new">
        <Text words={words} k="circle.new.title" />
      </a>
    </nav>
  );
}
