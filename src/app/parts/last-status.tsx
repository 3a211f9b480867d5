import type { OwnStatus } from '../../contract/statuses.ts';
import { sayTime, Text, type Words } from '../words.tsx';
import { ConditionBadge } from './condition.tsx';

/** The last thing that the service took from me and how far it has come, in words; with the way to take it back. */
export function LastStatus({ words, last }: { words: Words; last: OwnStatus | null }) {
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
      <RetractForm words={words} statusId={last.id} back="/" />
    </div>
  );
}

function DeliveryWords({ words, last }: { words: Words; last: OwnStatus }) {
  const { boards, alerted } = last.delivery ?? { boards: 0, alerted: 0, reached: 0, seen: 0 };
  return (
    <span>
      {' · '}
      {boards > 0 ? <Text words={words} k="home.last.boards" count={boards} /> : <Text words={words} k="home.last.on-the-way" />}
      {alerted > 0 && ' · '}
      {alerted > 0 && <Text words={words} k="home.last.alerted" count={alerted} />}
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
