import type { ErrorCode } from '../../contract/errors.ts';
import type { NewTransferCode, Person } from '../../contract/people.ts';
import { Face } from '../parts/face.tsx';
import { Form } from '../parts/form.tsx';
import { Refusal } from '../parts/refusal.tsx';
import { WayOn } from '../parts/way-on.tsx';
import { partsOf, sayAloud, sayTime, Text, type Words } from '../words.tsx';

/** A code just made, with its link as a QR code, drawn by us as SVG. */
export interface ShownTransferCode extends NewTransferCode {
  qr: string;
}

/** On the phone that is signed in: what a code does, and the code once it is made. */
/** @param person id of who is signed in */
export function MoveScreen({ words, person, made }: { words: Words; person: string; made: ShownTransferCode | null }) {
  return (
    <>
      <h1>
        <Text words={words} k="move.title" />
      </h1>
      {made ? (
        <MadeCode words={words} made={made} />
      ) : (
        <p>
          <Text words={words} k="move.explain" />
        </p>
      )}
      <p>
        <Text words={words} k="move.trust" />
      </p>
      <Form person={person} action="/move">
        <button type="submit" class={made ? 'button secondary' : 'button'}>
          <Text words={words} k={made ? 'move.again' : 'move.create'} />
        </button>
      </Form>
      <WayOn words={words} to="/settings" k="nav.back" />
    </>
  );
}

function MadeCode({ words, made: { code, url, expiresAt, qr } }: { words: Words; made: ShownTransferCode }) {
  return (
    <section class="card">
      <p>
        <Text words={words} k="move.scan" />
      </p>
      <div class="qr" role="img" aria-label={sayAloud(words, 'move.qr')} dangerouslySetInnerHTML={{ __html: qr }} />
      <p>
        <b>
          <Text words={words} k="move.valid" time={sayTime(words, expiresAt)} />
        </b>
      </p>
      <p>
        <Text words={words} k="move.type" address={new URL(url).host} button={partsOf(words, 'landing.recover')} />
      </p>
      <p class="code" translate={false}>
        <code id="transfer-code">{code}</code>
      </p>
      <button type="button" class="button secondary" data-copies="transfer-code" hidden>
        <Text words={words} k="move.copy-code" />
      </button>
      <label class="field">
        <span>
          <Text words={words} k="move.link" />
        </span>
        <input id="transfer-url" readOnly value={url} dir="ltr" />
      </label>
      <div class="pair">
        <button type="button" class="button secondary" data-copies="transfer-url" hidden>
          <Text words={words} k="move.copy-link" />
        </button>
        <button type="button" class="button secondary" data-share="transfer-url" hidden>
          <Text words={words} k="invite.share" />
        </button>
      </div>
    </section>
  );
}

export interface EnterProps {
  words: Words;
  code: string;
  /** Who the code signs in. */
  person: Person;
  /** Who is signed in on this phone; null for nobody. */
  present: Person | null;
  refusal?: ErrorCode | undefined;
}

/** On the other phone, or in the app on this one. Looking uses nothing up: messengers open every link for a preview, and a phone can be in other hands. */
export function EnterScreen({ words, code, person, present, refusal }: EnterProps) {
  const isSame = present?.id === person.id;
  return (
    <>
      <h1>
        <Text words={words} k="enter.title" />
      </h1>
      <div id="outbox" />
      <Refusal words={words} code={refusal} />
      <p class="lead">
        <Face avatar={person.avatar} />{' '}
        {isSame ? (
          <Text words={words} k="enter.same" name={person.nickname} />
        ) : (
          <Text words={words} k="enter.as" name={person.nickname} />
        )}
      </p>
      {present && !isSame && <OtherPerson words={words} present={present} />}
      {!isSame && (
        <Form person={present?.id ?? null} action={`/move/${code}`}>
          <button type="submit" class="button">
            <Text words={words} k="enter.button" name={person.nickname} />
          </button>
        </Form>
      )}
      <p>
        <a class="button secondary" href="/">
          {present && !isSame ? (
            <Text words={words} k="enter.stay" name={present.nickname} />
          ) : (
            <Text words={words} k="nav.home" />
          )}
        </a>
      </p>
    </>
  );
}

/** There, signed in: who it speaks for, and what has not come along. */
export function MovedScreen({ words, person }: { words: Words; person: Person }) {
  return (
    <>
      <h1>
        <Text words={words} k="moved.title" />
      </h1>
      <p class="lead">
        <Face avatar={person.avatar} /> <Text words={words} k="moved.as" name={person.nickname} />
      </p>
      <p>
        <Text words={words} k="moved.alerts" />
      </p>
      <a class="button" href="/">
        <Text words={words} k="action.next" />
      </a>
      <a class="button secondary" href="/alerts">
        <Text words={words} k="alerts.title" />
      </a>
    </>
  );
}

/** Somebody is signed in here already: what becomes of them. */
export function OtherPerson({ words, present }: { words: Words; present: Person }) {
  return (
    <p class="notice">
      <Text words={words} k="enter.other" name={present.nickname} />
    </p>
  );
}

/** Used, over, or never made: which, nobody is told. What to do is the same. */
export function CodeGoneScreen({ words }: { words: Words }) {
  return (
    <>
      <h1>
        <Text words={words} k="enter.gone" />
      </h1>
      <p class="lead">
        <Text words={words} k="enter.gone.text" settings={partsOf(words, 'nav.settings')} move={partsOf(words, 'move.title')} />
      </p>
      <p>
        <a class="button" href="/recover">
          <Text words={words} k="signin.title" />
        </a>
      </p>
      <WayOn words={words} to="/" k="nav.home" />
    </>
  );
}
