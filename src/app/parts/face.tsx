import type { Avatar } from '../../contract/people.ts';

/** A person's drawn avatar. It stands beside the nickname, so screen readers skip it. */
export function Face({ avatar }: { avatar: Avatar }) {
  return (
    <span class={`face face-${avatar.colour}`} aria-hidden="true">
      {avatar.emoji}
    </span>
  );
}
