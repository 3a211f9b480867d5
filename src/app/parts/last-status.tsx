import { countedSince } from '../../contract/board-counts.ts';
import type { OwnStatus } from '../../contract/statuses.ts';
import { retractingKey } from '../phone/outbox-words.ts';
import { sayTime, Text, type Words } from '../words.tsx';
import { ConditionBadge } from './condition.tsx';
import { Form } from './form.tsx';

/** What a status's author is told of it. */
export type ToldStatus = Omit<OwnStatus, 'author'>;

/** The last thing that the service took from me and how far it has come, in words; with the way to take it back. */
export function LastStatus({ words, person, last }: { words: Words; person: string; last: ToldStatus | null }) {
  if (!last) {
    return (
      <p class="faint">
        <Text words={words} k="home.last.none" />
      </p>
    );
  }
  const isOld = Date.parse(last.writtenAt) < countedSince(words.now);
  return (
    <div class="last-row" data-status={last.id}>
      <p>
        <ConditionBadge words={words} condition={last.condition} isStale={isOld} />{' '}
        <span>
          <Text words={words} k="home.last.sent" time={sayTime(words, last.writtenAt)} />
        </span>
        {isOld ? <OldWords words={words} /> : <DeliveryWords words={words} last={last} />}
      </p>
      <RetractForm words={words} person={person} statusId={last.id} back="/" />
    </div>
  );
}

/** On boards it is the last word of somebody who is silent by now, so it does not stand here as an answer either. */
function OldWords({ words }: { words: Words }) {
  return (
    <span>
      {' · '}
      <Text words={words} k="home.last.old" />
    </span>
  );
}

/** How long a *help* may be without an answer before its author is told to call: a phone that has a network needs seconds. */
export const UNCONFIRMED_MS = 60_000;

/** Whether nobody is known to have heard a call for help by now. `now`: the service's time, ms. */
export function isUnconfirmed({ condition, acceptedAt, delivery }: ToldStatus, now: number): boolean {
  const isHeard = Boolean(delivery && (delivery.reached > 0 || delivery.seen > 0));
  return condition === 'help' && !isHeard && now - Date.parse(acceptedAt) >= UNCONFIRMED_MS;
}

/** For so long it is asked whether a status is on all its boards: of a circle that was left meanwhile it never will be. */
const COMING_MS = 600_000;

/** Whether a status is still on its way to a board, as far as is known. `now`: the service's time, ms. */
export function isComing({ circles, acceptedAt, delivery }: ToldStatus, now: number): boolean {
  return (delivery?.boards ?? 0) < (circles?.length ?? 1) && now - Date.parse(acceptedAt) < COMING_MS;
}

/** On boards → alerted → reached → seen: of two that say how many heard of it, only the better known. */
function DeliveryWords({ words, last }: { words: Words; last: ToldStatus }) {
  const { boards, alerted, reached, seen } = last.delivery ?? { boards: 0, alerted: 0, reached: 0, seen: 0 };
  return (
    <span>
      {' · '}
      {boards > 0 ? <Text words={words} k="home.last.boards" count={boards} /> : <Text words={words} k="home.last.on-the-way" />}
      {alerted > 0 && reached === 0 && ' · '}
      {alerted > 0 && reached === 0 && <Text words={words} k="home.last.alerted" count={alerted} />}
      {reached > 0 && ' · '}
      {reached > 0 && <Text words={words} k="seen.reached" count={reached} />}
      {seen > 0 && ' · '}
      {seen > 0 && <Text words={words} k="seen.seen" count={seen} />}
    </span>
  );
}

/** Takes a status back without asking twice: what was sent by a slip must go as fast as it came. */
export function RetractForm({ words, person, statusId, back }: { words: Words; person: string; statusId: string; back: string }) {
  return (
    <Form key={statusId} person={person} action={`/statuses/${statusId}/retract`}>
      <input type="hidden" name="back" value={back} />
      <button type="submit" class="quiet">
        <Text words={words} k="home.retract" />
      </button>
    </Form>
  );
}

/**
 * Taken back on this phone, and not yet for everybody: until there is a connection, or (`needsSignIn`) until the service knows
 * who asks for it.
 */
export function TakenBack({ words, needsSignIn }: { words: Words; needsSignIn: boolean }) {
  return (
    <>
      <p>
        <Text words={words} k={retractingKey(needsSignIn)} />
      </p>
      {needsSignIn && <SignInLink words={words} />}
    </>
  );
}

/** The way back in for who was signed out while something waited. */
export function SignInLink({ words }: { words: Words }) {
  return (
    <a class="quiet" href="/recover">
      <Text words={words} k="signin.title" />
    </a>
  );
}
