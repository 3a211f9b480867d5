import { sectionOf } from '../../contract/board-counts.ts';
import type { Circle } from '../../contract/circles.ts';
import type { Member } from '../../contract/people.ts';
import type { SeenStatus } from '../../contract/statuses.ts';
import { languageOf } from '../../i18n/locales.ts';
import { StatusWords } from '../parts/board-view.tsx';
import { Face } from '../parts/face.tsx';
import { Form } from '../parts/form.tsx';
import { WayOn } from '../parts/way-on.tsx';
import { Text, type Words } from '../words.tsx';

export interface HistoryProps {
  words: Words;
  circle: Circle;
  member: Member;
  /** The person who reads it. */
  viewerId: string;
  statuses: readonly SeenStatus[];
  /** What was written before this is no answer any more, RFC 3339. */
  since: string;
}

/** What one member has sent to one circle, as far as its reader may see it. */
export function HistoryScreen({ words, circle, member, viewerId, statuses, since }: HistoryProps) {
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
          <li class={`row ${sectionOf(status, since)}`}>
            <div>
              <StatusWords words={words} status={status} isStale={sectionOf(status, since) === 'silent'} />
              {status.seenBy && (
                <p class="faint small">
                  <Text words={words} k="seen.by" names={nameAll(words, status.seenBy)} />
                </p>
              )}
            </div>
          </li>
        ))}
      </ul>
      {circle.role === 'keeper' && member.id !== viewerId && (
        <KeeperForms words={words} circle={circle} member={member} viewerId={viewerId} />
      )}
      <WayOn words={words} to={`/circles/${circle.id}`} k="nav.back" />
    </>
  );
}

/** What a keeper can do about somebody else. Removing takes two presses, the second under what it does. */
function KeeperForms({ words, circle, member, viewerId }: Pick<HistoryProps, 'words' | 'circle' | 'member' | 'viewerId'>) {
  const action = `/circles/${circle.id}/members/${member.id}`;
  const isKeeper = member.role === 'keeper';
  return (
    <section class="card">
      <Form person={viewerId} action={`${action}/role`}>
        <input type="hidden" name="role" value={isKeeper ? 'member' : 'keeper'} />
        <button type="submit" class="button secondary">
          <Text words={words} k={isKeeper ? 'circle.unmake-keeper' : 'circle.make-keeper'} name={member.nickname} />
        </button>
      </Form>
      <details>
        <summary>
          <Text words={words} k="circle.remove" name={member.nickname} />
        </summary>
        <Form person={viewerId} action={`${action}/remove`}>
          <p>
            <Text words={words} k="circle.remove.explain" name={member.nickname} />
          </p>
          <button type="submit" class="button secondary">
            <Text words={words} k="circle.remove" name={member.nickname} />
          </button>
        </Form>
      </details>
    </section>
  );
}

/** Names as the reader's language strings them together. */
function nameAll({ locale }: Words, members: readonly Member[]): string {
  const names = members.map(({ nickname }) => nickname);
  return new Intl.ListFormat(languageOf(locale)).format(names);
}
