import type { Circle } from '../../contract/circles.ts';
import type { ErrorCode } from '../../contract/errors.ts';
import { MORE_ELEMENT, NOTICE_ELEMENT } from '../browser-data.ts';
import { CallPlace } from '../parts/call-place.tsx';
import { LastStatus } from '../parts/last-status.tsx';
import { mayPost, PostForm, type PostFormProps } from '../parts/post-form.tsx';
import { Refusal } from '../parts/refusal.tsx';
import { Text, type Words } from '../words.tsx';

export interface HomeProps extends PostFormProps {
  /** Another device has signed in as this person, and was not acknowledged on this one. */
  hasNewDevice: boolean;
  /** Larger letters would push the buttons off a small screen, and each change of the words above would move them. */
  hasButtonsFirst: boolean;
  refusal?: ErrorCode | undefined;
}

/** Four buttons under the thumb; what I sent last above them; everything that can wait below. */
export function HomeScreen(props: HomeProps) {
  const { words, person, circles, last, hasNewDevice, hasButtonsFirst, refusal } = props;
  const greeting = (
    <>
      <h1 id="home-title">
        <Text words={words} k="home.title" />
      </h1>
      <Refusal words={words} code={refusal} k={refusal === 'not-found' ? 'unsent.circle' : undefined} />
      {hasNewDevice && (
        <a id={NOTICE_ELEMENT} class="notice" href="/settings#devices">
          <span>
            <Text words={words} k="alert.device.title" />
          </span>
        </a>
      )}
    </>
  );
  const told = (
    <>
      <div id="outbox" />
      <div id="last">
        <LastStatus words={words} person={person} last={last} />
      </div>
    </>
  );
  const hasButtons = circles.some(mayPost);
  const buttons = hasButtons ? <PostForm {...props} /> : <NoCircle {...props} />;
  return (
    <div class="home">
      {hasButtonsFirst ? (
        <>
          {greeting}
          {buttons}
          {told}
        </>
      ) : (
        <>
          <section class={hasButtons ? 'last' : undefined} aria-labelledby="home-title">
            {greeting}
            {told}
          </section>
          {buttons}
        </>
      )}
      <div id={MORE_ELEMENT} />
      <CircleLinks words={words} circles={circles} />
    </div>
  );
}

function NoCircle(props: HomeProps) {
  return (
    <>
      <CallPlace {...props} />
      <p class="notice">
        <Text words={props.words} k="home.no-circle" />
      </p>
    </>
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
