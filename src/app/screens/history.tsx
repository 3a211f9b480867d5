import type { Member } from '../../contract/people.ts';
import type { Status } from '../../contract/statuses.ts';
import { StatusWords } from '../parts/board-view.tsx';
import { Face } from '../parts/face.tsx';
import { Text, type Words } from '../words.tsx';

export interface HistoryProps {
  words: Words;
  circle: { id: string; name: string };
  member: Member;
  statuses: readonly Status[];
}

/** What one member has sent to one circle, as far as its reader may see it. */
export function HistoryScreen({ words, circle, member, statuses }: HistoryProps) {
  return (
    <>
      <h1>
        <Face avatar={member.avatar} /> <Text words={words} k="history.title" name={member.nickname} circle={circle.name} />
      </h1>
      {statuses.length === 0 && (
        <p>
          <Text words={words} k="history.none" />
        </p>
      )}
      <ul class="rows">
        {statuses.map((status) => (
          <li class={`row ${status.condition}`}>
            <div>
              <StatusWords words={words} status={status} />
            </div>
          </li>
        ))}
      </ul>
      <p>
        <a class="button secondary" href={`/circles/${circle.id}`}>
          <Text words={words} k="nav.back" />
        </a>
      </p>
    </>
  );
}
