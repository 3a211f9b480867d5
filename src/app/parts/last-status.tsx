import type { OwnStatus } from '../../contract/statuses.ts';
import { sayTime, Text, type Words } from '../words.tsx';
import { ConditionBadge } from './condition.tsx';

/** The last thing that the service took from me and how far it has come, in words; with the way to take it back. */
export function LastStatus({ words, last, call }: { words: Words; last: OwnStatus | null; call?: string | undefined }) {
  if (!last) {
    return (
      <p class="faint">
        <Text words={words} k="home.last.none" />
      </p>
    );
  }
  return (
    <div class="last-row" data-status={last.id}>
      <p>
        <ConditionBadge words={words} condition={last.condition} />{' '}
        <span>
          <Text words={words} k="home.last.sent" time={sayTime(words, last.writtenAt)} />
        </span>
        <DeliveryWords words={words} last={last} />
      </p>
      {call && isUnconfirmed(last, words.now) && (
        <a class="button unconfirmed" href={`tel:${call}`}>
          <Text words={words} k="seen.unconfirmed" number={call} />
        </a>
      )}
      <RetractForm words={words} statusId={last.id} back="/" />
    </div>
  );
}

/** How long a *help* may be without an answer before its author is told to call: a phone that has a network needs seconds. */
const UNCONFIRMED_MS = 60_000;

/** Whether nobody is known to have heard a call for help by now. `now`: the service's time, ms. */
export function isUnconfirmed({ condition, acceptedAt, delivery }: OwnStatus, now: number): boolean {
  const isHeard = Boolean(delivery && (delivery.reached > 0 || delivery.seen > 0));
  return condition === 'help' && !isHeard && now - Date.parse(acceptedAt) >= UNCONFIRMED_MS;
}

/** On boards → alerted → reached → seen: of two that say how many heard of it, only the better known. */
function DeliveryWords({ words, last }: { words: Words; last: OwnStatus }) {
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
export function RetractForm({ words, statusId, back }: { words: Words; statusId: string; back: string }) {
  return (
    <form key={statusId} method="post" action={`/statuses/${statusId}/retract`}>
      <input type="hidden" name="back" value={back} />
      <button type="submit" class="quiet">
        <Text words={words} k="home.retract" />
      </button>
    </form>
  );
}
