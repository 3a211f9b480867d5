import { NICKNAME_MAX } from '../../contract/limits.ts';
import { LOCALES } from '../../contract/people.ts';
import { LOCALE_NAMES, languageOf } from '../../i18n/locales.ts';
import { Text, type Words } from '../words.tsx';

/** Nickname and language: all that somebody is ever asked for. */
export function PersonFields({ words, nickname }: { words: Words; nickname?: string | undefined }) {
  return (
    <>
      <NicknameField words={words} nickname={nickname} />
      <label class="field">
        <span>
          <Text words={words} k="language.label" />
        </span>
        <select name="locale">
          {LOCALES.map((locale) => (
            <option value={locale} lang={languageOf(locale)} selected={locale === words.locale}>
              {LOCALE_NAMES[locale]}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}

export function NicknameField({ words, nickname }: { words: Words; nickname?: string | undefined }) {
  return (
    <label class="field">
      <span>
        <Text words={words} k="start.nickname" />
      </span>
      <input
        name="nickname"
        required
        maxLength={NICKNAME_MAX}
        autocomplete="nickname"
        value={nickname}
        aria-describedby="nickname-hint"
      />
      <small id="nickname-hint">
        <Text words={words} k="start.nickname.hint" />
      </small>
    </label>
  );
}
