import { AVATAR_COLOURS, AVATAR_EMOJI, type Avatar } from '../../contract/people.ts';
import { Text, type Words } from '../words.tsx';
import { Face } from './face.tsx';

/** Choosing a drawn avatar: a picture and the colour behind it, both with a name for who does not see them. */
export function AvatarFields({ words, avatar }: { words: Words; avatar: Avatar }) {
  return (
    <>
      <fieldset class="audience">
        <legend>
          <Text words={words} k="circle.emoji" />
        </legend>
        {[...new Set([avatar.emoji, ...AVATAR_EMOJI])].map((emoji) => (
          <label class="chip">
            <input type="radio" name="emoji" value={emoji} checked={emoji === avatar.emoji} />
            <span>{emoji}</span>
          </label>
        ))}
      </fieldset>
      <fieldset class="audience">
        <legend>
          <Text words={words} k="circle.colour" />
        </legend>
        {AVATAR_COLOURS.map((colour) => (
          <label class="chip">
            <input type="radio" name="colour" value={colour} checked={colour === avatar.colour} />
            <Face avatar={{ emoji: avatar.emoji, colour }} />
            <span>
              <Text words={words} k={`colour.${colour}`} />
            </span>
          </label>
        ))}
      </fieldset>
    </>
  );
}
