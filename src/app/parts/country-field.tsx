import { languageOf } from '../../i18n/locales.ts';
import { EMERGENCY_COUNTRIES } from '../emergency.ts';
import { say, Text, type Words } from '../words.tsx';

/**
 * Choosing the country whose emergency numbers are shown, each under its name in the reader's language.
 * @param country the one that stands there first; where it is not known nothing is chosen
 */
export function CountryField({ words, country }: { words: Words; country: string | undefined }) {
  const { compare } = new Intl.Collator(languageOf(words.locale));
  const countries = [...new Set([...(country ? [country] : []), ...EMERGENCY_COUNTRIES])]
    .map((code) => ({ code, name: nameCountry(words, code) ?? code }))
    .toSorted((a, b) => compare(a.name, b.name));
  return (
    <label class="field">
      <span>
        <Text words={words} k="settings.country" />
      </span>
      <select name="country" required aria-describedby="country-hint">
        {!country && <option value="">{say(words, 'settings.country.choose')}</option>}
        {countries.map(({ code, name }) => (
          <option value={code} selected={code === country}>
            {name}
          </option>
        ))}
      </select>
      <small id="country-hint">
        <Text words={words} k="settings.country.hint" />
      </small>
    </label>
  );
}

/** What a country is called in the reader's language; undefined for none. */
export function nameCountry(words: Words, country: string | undefined): string | undefined {
  return country && new Intl.DisplayNames(languageOf(words.locale), { type: 'region' }).of(country);
}
