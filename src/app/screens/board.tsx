import { BOARD_ELEMENT } from '../browser-data.ts';
import { BoardView, type BoardViewProps } from '../parts/board-view.tsx';
import { Text } from '../words.tsx';

/** The page around a board. Its element is the one that the script takes over and keeps live. */
export function BoardScreen(props: BoardViewProps) {
  const { words, board } = props;
  const mayInvite = board.circle.role === 'keeper' || board.circle.invites === 'members';
  return (
    <>
      <div id={BOARD_ELEMENT}>
        <BoardView {...props} />
      </div>
      <div class="actions">
        <a class="button" href="/">
          <Text words={words} k="board.answer" />
        </a>
        {mayInvite && (
          <a class="button secondary" href={`/circles/${board.circle.id}/invite`}>
            <Text words={words} k="board.invite" />
          </a>
        )}
        <a class="button secondary" href={`/circles/${board.circle.id}/settings`}>
          <Text words={words} k="circle.manage" />
        </a>
      </div>
    </>
  );
}
