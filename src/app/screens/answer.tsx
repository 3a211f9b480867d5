import { countRows, sectionOf } from '../../contract/board-counts.ts';
import type { Board, BoardRow } from '../../contract/circles.ts';
import type { OwnStatus } from '../../contract/statuses.ts';
import { SECTIONS, sinceWhen } from '../board-state.ts';
import { MORE_ELEMENT } from '../browser-data.ts';
import { WordsOfRow } from '../parts/board-view.tsx';
import { Face } from '../parts/face.tsx';
import { Icon } from '../parts/icon.tsx';
import { LastStatus } from '../parts/last-status.tsx';
import { PostForm, type PostFormProps } from '../parts/post-form.tsx';
import { Age, Text } from '../words.tsx';

export interface AnswerProps extends PostFormProps {
  board: Board;
  /** Whom the alert told of; left out where it told of several. */
  about: BoardRow | undefined;
  last: OwnStatus | null;
  /** Whether the reader's last word counts on this board. */
  isAnswered: boolean;
}

/** What an alert told of, in a few lines, and right under it the four buttons. */
export function AnswerScreen(props: AnswerProps) {
  const { words, person, board, about, last, isAnswered } = props;
  return (
    <div class="answer">
      {about ? <AboutPerson {...props} about={about} /> : <AboutCircle {...props} />}
      <p>
        <a class="board-link" href={`/circles/${board.circle.id}`}>
          <Text words={words} k="answer.board" circle={board.circle.name} />
        </a>
      </p>
      {/* As high as what a tap puts there, so that no button moves under a thumb that taps again. */}
      <section class="told">
        <div id="outbox" />
        <div id="last">
          {isAnswered && last ? (
            <>
              <p class="faint small">
                <Text words={words} k="answer.already" /> (<Age words={words} at={last.writtenAt} />)
              </p>
              <LastStatus words={words} person={person} last={last} />
            </>
          ) : (
            <p class="faint small">
              <Text words={words} k="answer.nothing-sent" />
            </p>
          )}
        </div>
      </section>
      <PostForm {...props} last={isAnswered ? last : null} />
      <div id={MORE_ELEMENT} />
    </div>
  );
}

function AboutPerson({ words, board, about: { member, status } }: AnswerProps & { about: BoardRow }) {
  const section = sectionOf(status, sinceWhen(board, words.now));
  return (
    <>
      <h1>
        <Face avatar={member.avatar} /> <Text words={words} k="history.title" name={member.nickname} circle={board.circle.name} />
      </h1>
      <div class={`row ${section}`}>
        <div>
          <WordsOfRow words={words} status={status} section={section} />
        </div>
      </div>
    </>
  );
}

function AboutCircle({ words, board }: AnswerProps) {
  const counts = countRows(board.members, sinceWhen(board, words.now));
  return (
    <>
      <h1>{board.circle.name}</h1>
      <ul class="tally">
        {SECTIONS.filter((section) => counts[section] > 0).map((section) => (
          <li>
            <span class={`badge ${section}`}>
              <Icon name={section} />
              <b>{counts[section]}</b>
            </span>{' '}
            <Text words={words} k={`condition.${section}`} />
          </li>
        ))}
      </ul>
    </>
  );
}
