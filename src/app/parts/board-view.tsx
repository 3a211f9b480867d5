import { countRows, sectionOf } from '../../contract/board-counts.ts';
import type { Board, BoardRow } from '../../contract/circles.ts';
import type { Status } from '../../contract/statuses.ts';
import { countNews, groupRows, holdRows, SECTIONS, type Section, sinceWhen } from '../board-state.ts';
import { Age, sayAloud, sayTime, Text, type Words } from '../words.tsx';
import { ConditionBadge } from './condition.tsx';
import { Face } from './face.tsx';
import { Icon } from './icon.tsx';
import { RetractForm, TakenBack } from './last-status.tsx';
import { MemberTags } from './member-tags.tsx';
import { mayPost } from './post-form.tsx';

/**
 * Whether the board follows the circle by itself: `still` is one that nobody has connected yet, `live` is connected, `apart`
 * gets an answer only when it asks for one, `lost` gets none, `offline` has no network, `gone` is one that its reader may not
 * see any more.
 */
export type Connection = { state: 'still' | 'live' | 'apart' | 'lost' | 'offline' | 'gone'; lagSeconds?: number };

export interface BoardViewProps {
  words: Words;
  board: Board;
  /** The person who reads it. */
  viewerId: string;
  connection: Connection;
  /** When this board was last known to be true, RFC 3339. */
  asOf: string;
  /** The rows by which the board is arranged, while its reader is at them; then `onArrange` arranges it anew. */
  held?: readonly BoardRow[] | undefined;
  onArrange?: (() => void) | undefined;
  /** Ids of statuses that this phone has taken back and the board still shows; true where that waits for signing in. */
  takenBack?: ReadonlyMap<string, boolean>;
}

/**
 * The board: how many first, then who, the ones that may need help on top; of one that its reader may not see any more, nothing.
 * The same component on the server and in the browser.
 */
export function BoardView({ words, board, viewerId, connection, asOf, held, onArrange, takenBack }: BoardViewProps) {
  if (connection.state === 'gone') {
    return (
      <>
        <h1>{board.circle.name}</h1>
        <p class="board-state">
          <Text words={words} k="board.gone" />
        </p>
      </>
    );
  }
  const since = sinceWhen(board, words.now);
  const counts = countRows(board.members, since);
  const groups = held ? holdRows(held, board.members, since) : groupRows(board.members, since);
  const news = held ? countNews(held, board.members) : 0;
  return (
    <>
      <h1>{board.circle.name}</h1>
      <p class="board-state" data-connection={connection.state}>
        <ConnectionWords words={words} connection={connection} asOf={asOf} circleId={board.circle.id} />
      </p>
      <ul class="counts" aria-label={sayAloud(words, 'board.counts')}>
        {SECTIONS.map((section) => (
          <li key={section} class={counts[section] > 0 ? section : `${section} zero`}>
            <b>
              <Icon name={section} />
              {counts[section]}
            </b>
            <span>
              <Text words={words} k={`condition.${section}`} />
            </span>
          </li>
        ))}
      </ul>
      {news > 0 && (
        <button type="button" class="button pill" onClick={onArrange}>
          <Text words={words} k="board.pill" count={news} />
        </button>
      )}
      {isAwaited(board, viewerId, since) && (
        <a class="button" href="/">
          <Text words={words} k="board.answer" />
        </a>
      )}
      {SECTIONS.filter((section) => groups[section].length > 0).map((section) => (
        <section key={section} class="group">
          <h2>
            <Text words={words} k={`condition.${section}`} /> <span class="faint">{groups[section].length}</span>
          </h2>
          <ul class="rows">
            {groups[section].map((row) => (
              <Row
                key={row.member.id}
                words={words}
                row={row}
                section={sectionOf(row.status, since)}
                circleId={board.circle.id}
                isMe={row.member.id === viewerId}
                needsSignIn={takenBack?.get(row.status?.id ?? '')}
              />
            ))}
          </ul>
        </section>
      ))}
      {board.members.length < 2 && (
        <p class="notice">
          <Text words={words} k="board.alone" />
        </p>
      )}
    </>
  );
}

/** Whether its reader may answer here, and has not: then that comes before what the others say. */
function isAwaited({ circle, members }: Board, viewerId: string, since: string): boolean {
  return mayPost(circle) && members.some(({ member, status }) => member.id === viewerId && sectionOf(status, since) === 'silent');
}

interface ConnectionProps {
  words: Words;
  connection: Connection;
  asOf: string;
  circleId: string;
}

function ConnectionWords({ words, connection, asOf, circleId }: ConnectionProps) {
  const time = sayTime(words, asOf);
  if (connection.state === 'offline') return <Text words={words} k="board.not-live" time={time} />;
  const key = connection.state === 'lost' ? 'board.busy' : connection.state === 'apart' ? 'live.not' : 'board.as-of';
  return (
    <>
      {connection.state === 'live' ? (
        <span class="live">
          <Text words={words} k="board.live" />
        </span>
      ) : (
        <>
          <span>
            <Text words={words} k={key} time={time} />
          </span>{' '}
          <a href={`/circles/${circleId}`}>
            <Text words={words} k="action.reload" />
          </a>
        </>
      )}
      {connection.lagSeconds ? (
        <strong>
          {' '}
          <Text words={words} k="board.lag" seconds={Math.round(connection.lagSeconds)} />
        </strong>
      ) : null}
    </>
  );
}

interface RowProps {
  words: Words;
  row: BoardRow;
  section: Section;
  circleId: string;
  isMe: boolean;
  /** Undefined where this phone has not taken the status back. */
  needsSignIn: boolean | undefined;
}

function Row({ words, row: { member, status }, section, circleId, isMe, needsSignIn }: RowProps) {
  return (
    <li class={`row ${section}`} id={`member-${member.id}`} data-status={isMe ? undefined : status?.id}>
      <Face avatar={member.avatar} />
      <div>
        <p class="who">
          <a href={`/circles/${circleId}/members/${member.id}`}>{member.nickname}</a>
          <MemberTags words={words} member={member} isMe={isMe} />
        </p>
        <WordsOfRow words={words} status={status} section={section} />
        {isMe && status && section !== 'silent' && needsSignIn === undefined && (
          <RetractForm words={words} person={member.id} statusId={status.id} back={`/circles/${circleId}`} />
        )}
        {isMe && needsSignIn !== undefined && <TakenBack words={words} needsSignIn={needsSignIn} />}
      </div>
    </li>
  );
}

/** What somebody has said by now. An old word is told as one: without its colour, whatever it was. */
export function WordsOfRow({ words, status, section }: Pick<BoardRow, 'status'> & { words: Words; section: Section }) {
  if (status === null) {
    return (
      <p class="faint">
        <Text words={words} k="board.never" />
      </p>
    );
  }
  if (section !== 'silent') return <StatusWords words={words} status={status} />;
  return (
    <p class="faint">
      <Text words={words} k="board.last-word" time={sayTime(words, status.writtenAt)} />{' '}
      <ConditionBadge words={words} condition={status.condition} isStale />
    </p>
  );
}

/** Written and arrived apart by more than this are told apart: the news is older than it looks. */
const NOTICEABLE_MS = 60_000;

/** One status: condition, age, note and place. Also used for a member's history, where most are old (`isStale`). */
export function StatusWords({ words, status, isStale = false }: { words: Words; status: Status; isStale?: boolean }) {
  const isLate = Date.parse(status.acceptedAt) - Date.parse(status.writtenAt) > NOTICEABLE_MS;
  return (
    <>
      <p>
        <ConditionBadge words={words} condition={status.condition} isStale={isStale} />{' '}
        <Age words={words} at={status.writtenAt} />
      </p>
      {isLate && (
        <p class="faint small">
          <Text
            words={words}
            k="board.written-arrived"
            written={sayTime(words, status.writtenAt)}
            arrived={sayTime(words, status.acceptedAt)}
          />
        </p>
      )}
      {status.note && <p class="note">{status.note}</p>}
      {status.place && <p class="place">{status.place}</p>}
    </>
  );
}
