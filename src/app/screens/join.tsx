import type { InvitePreview } from '../../contract/circles.ts';
import type { ErrorCode } from '../../contract/errors.ts';
import type { Person } from '../../contract/people.ts';
import type { InAppBrowser } from '../in-app-browser.ts';
import { Face } from '../parts/face.tsx';
import { Form } from '../parts/form.tsx';
import { OpenOutside } from '../parts/open-outside.tsx';
import { NicknameField, PersonFields } from '../parts/person-fields.tsx';
import { Refusal } from '../parts/refusal.tsx';
import { WayOn } from '../parts/way-on.tsx';
import { Text, type Words } from '../words.tsx';

export interface JoinProps {
  words: Words;
  token: string;
  preview: InvitePreview;
  /** Null: joining also makes a person. */
  person: Person | null;
  refusal?: ErrorCode | undefined;
  nickname?: string | undefined;
  /** The app in whose own browser this page is, where it is in one. */
  inApp: InAppBrowser | null;
}

/** Joining by a link. Looking changes nothing: messengers open every link for a preview. */
export function JoinScreen({ words, token, preview, person, refusal, nickname, inApp }: JoinProps) {
  const { circle, invitedBy } = preview;
  return (
    <>
      <h1>
        <Text words={words} k="join.title" circle={circle.name} />
      </h1>
      <p class="lead">
        <Face avatar={invitedBy.avatar} /> <Text words={words} k="join.invited-by" name={invitedBy.nickname} />
      </p>
      <p>
        <span class="tag">
          <Text words={words} k={`circle.kind.${circle.kind}`} />
        </span>{' '}
        <Text words={words} k="circle.members" count={circle.memberCount} />
      </p>
      <p>
        <Text words={words} k="join.explain" />
      </p>
      {/* Before joining: what somebody becomes here does not come along. Who is known here already has no reason to leave. */}
      {inApp && !person && (
        <section class="notice" id="outside">
          <p>
            <Text words={words} k="outside.join" app={inApp.app} browser={inApp.browser} />
          </p>
          <OpenOutside words={words} inApp={inApp} path={`/join/${token}`} />
        </section>
      )}
      <Refusal words={words} code={refusal} />
      <Form person={person?.id ?? null} action={`/join/${token}`} class="card">
        {person ? (
          <NicknameField words={words} nickname={nickname ?? person.nickname} />
        ) : (
          <PersonFields words={words} nickname={nickname} />
        )}
        <button type="submit" class="button">
          <Text words={words} k="join.button" />
        </button>
      </Form>
      {!person && (
        <p>
          <a class="quiet" href={`/recover?next=${encodeURIComponent(`/join/${token}`)}`}>
            <Text words={words} k="landing.recover" />
          </a>
        </p>
      )}
    </>
  );
}

/** A link that leads nowhere any more, and what to do then. */
export function JoinGoneScreen({ words, code }: { words: Words; code: ErrorCode }) {
  return (
    <>
      <h1>
        <Text words={words} k="join.gone.title" />
      </h1>
      <p class="lead">
        <Text words={words} k={`error.${code}`} />
      </p>
      <WayOn words={words} to="/" k="nav.home" />
    </>
  );
}
