import type { Member } from '../../contract/people.ts';
import { Text, type Words } from '../words.tsx';

/** What stands beside a member's name: that it is the reader, and a keeper. */
export function MemberTags({ words, member, isMe }: { words: Words; member: Member; isMe: boolean }) {
  return (
    <>
      {isMe && (
        <span class="tag">
          <Text words={words} k="board.you" />
        </span>
      )}
      {member.role === 'keeper' && (
        <span class="tag">
          <Text words={words} k="board.keeper" />
        </span>
      )}
    </>
  );
}
