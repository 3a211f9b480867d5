import { CONDITIONS } from '../../contract/statuses.ts';
import { EMERGENCY_COUNTRIES, hasMessageDial } from '../emergency.ts';
import { ConditionBadge } from '../parts/condition.tsx';
import { CountryField, nameCountry } from '../parts/country-field.tsx';
import { EmergencyLinks } from '../parts/emergency-links.tsx';
import { Form } from '../parts/form.tsx';
import { partsOf, Text, type Words } from '../words.tsx';

export interface HelpProps {
  words: Words;
  /** Whose numbers are shown; undefined where nobody can tell. */
  country: string | undefined;
  /** The country to offer first in that case. */
  guess: string | undefined;
}

/** Numbers first, large enough for a shaking hand; then how to reach each other; then what the buttons of this app mean. */
export function HelpScreen({ words, country, guess }: HelpProps) {
  const isKnown = EMERGENCY_COUNTRIES.includes(country ?? '');
  const choice = <CountryForm words={words} country={country ?? guess} />;
  return (
    <>
      <h1>
        <Text words={words} k="help.title" />
      </h1>
      <p class="lead">
        <Text words={words} k="emergency.no-rescuers" />
      </p>
      <div class="numbers">
        <EmergencyLinks words={words} country={country} kind="button" />
      </div>
      {!isKnown && (
        <p>
          <Text words={words} k="help.elsewhere" />
        </p>
      )}
      {country ? (
        <p>
          <a class="quiet" href="#country">
            <Text words={words} k="settings.country" />: {nameCountry(words, country)}
          </a>
        </p>
      ) : (
        <>
          <p>
            <Text words={words} k="help.country.unknown" />
          </p>
          {choice}
        </>
      )}
      {hasMessageDial(country) && <MessageDial words={words} />}
      <section>
        <h2>
          <Text words={words} k="help.words" />
        </h2>
        <dl>
          {CONDITIONS.map((condition) => (
            <>
              <dt>
                <ConditionBadge words={words} condition={condition} />
              </dt>
              <dd>
                <Text words={words} k={`help.${condition}`} />
              </dd>
            </>
          ))}
        </dl>
        <p>
          <Text words={words} k="help.silent" silent={partsOf(words, 'condition.silent')} />
        </p>
      </section>
      {country && choice}
      <p class="small">
        <Text words={words} k="help.offline" />
      </p>
    </>
  );
}

function CountryForm({ words, country }: { words: Words; country: string | undefined }) {
  return (
    <Form person={undefined} action="/country" class="card" id="country">
      <CountryField words={words} country={country} />
      <button type="submit" class="button secondary">
        <Text words={words} k="help.country.show" />
      </button>
    </Form>
  );
}

/**
 * NTT's message dial for disasters. Its steps, the 30 seconds and the days to try it are those that NTT East and West publish
 * (災害用伝言ダイヤル).
 */
function MessageDial({ words }: { words: Words }) {
  return (
    <section class="card">
      <h2>
        <Text words={words} k="help.171.title" />
      </h2>
      <p>
        <Text words={words} k="help.171.what" />
      </p>
      <p class="numbers">
        <a class="button secondary" href="tel:171">
          <b>171</b>
        </a>
      </p>
      <ol>
        <li>
          <Text words={words} k="help.171.dial" />
        </li>
        <li>
          <Text words={words} k="help.171.number" />
        </li>
        <li>
          <Text words={words} k="help.171.speak" />
        </li>
      </ol>
      <p class="small">
        <Text words={words} k="help.171.try" /> <Text words={words} k="help.phone" />
      </p>
    </section>
  );
}
