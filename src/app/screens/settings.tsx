import type { Circle } from '../../contract/circles.ts';
import type { ErrorCode } from '../../contract/errors.ts';
import type { Device, Person } from '../../contract/people.ts';
import { isReviewed } from '../../i18n/translate.ts';
import { CountryField } from '../parts/country-field.tsx';
import { Form } from '../parts/form.tsx';
import { PersonFields } from '../parts/person-fields.tsx';
import { Refusal } from '../parts/refusal.tsx';
import { TEXT_SIZES, type TextSize } from '../text-size.ts';
import { sayTime, Text, type Words } from '../words.tsx';

export interface SettingsProps {
  words: Words;
  person: Person;
  devices: readonly Device[];
  /** Devices that have signed in since, newest first, and were not seen on this one. */
  newDevices: readonly { id: string; name: string; at: string }[];
  textSize: TextSize;
  circles: readonly Circle[];
  refusal?: ErrorCode | undefined;
}

/** First what is looked for: nickname, language, another phone, letters. Then who sees what, the own data, and the ways out. */
export function SettingsScreen({ words, person, devices, newDevices, circles, textSize, refusal }: SettingsProps) {
  return (
    <>
      <h1>
        <Text words={words} k="settings.title" />
      </h1>
      <section class="card">
        <h2>
          <Text words={words} k="settings.profile" />
        </h2>
        <Refusal words={words} code={refusal} />
        <Form person={person.id} action="/settings">
          <PersonFields words={words} nickname={person.nickname} />
          {!isReviewed(words.locale) && (
            <small class="faint">
              <Text words={words} k="language.unreviewed" />
            </small>
          )}
          <CountryField words={words} country={person.country} />
          <button type="submit" class="button">
            <Text words={words} k="action.save" />
          </button>
        </Form>
      </section>
      <section class="card" id="devices">
        <h2>
          <Text words={words} k="settings.devices" />
        </h2>
        <NewDevices words={words} person={person} devices={newDevices} />
        <ul class="devices">
          {devices.map((device) => (
            <li>
              <DeviceRow words={words} person={person} device={device} />
            </li>
          ))}
        </ul>
        {devices.length > 1 && (
          <p class="small">
            <Text words={words} k="settings.devices.unknown" />
          </p>
        )}
        <a class="button secondary" href="/move">
          <Text words={words} k="move.title" />
        </a>
      </section>
      <section class="card">
        <h2>
          <Text words={words} k="welcome.code" />
        </h2>
        <p>
          <Text words={words} k="settings.recovery" />
        </p>
        <Form person={person.id} action="/recovery-code">
          <button type="submit" class="button secondary">
            <Text words={words} k="settings.recovery.button" />
          </button>
        </Form>
      </section>
      <section class="card">
        <h2>
          <Text words={words} k="text-size.label" />
        </h2>
        <Form person={person.id} action="/text-size" class="text-sizes">
          {TEXT_SIZES.map((size) => (
            <button
              type="submit"
              name="size"
              value={size}
              class="button secondary"
              aria-current={size === textSize ? 'true' : undefined}
            >
              <Text words={words} k={`text-size.${size}`} />
            </button>
          ))}
        </Form>
      </section>
      <FootprintsCard words={words} person={person} circles={circles} />
      <section class="card">
        <h2>
          <Text words={words} k="export.title" />
        </h2>
        <p>
          <Text words={words} k="export.explain" />
        </p>
        <a class="button secondary" href="/v1/me/export" download>
          <Text words={words} k="export.button" />
        </a>
      </section>
      <section class="card">
        <p>
          <Text words={words} k="settings.sign-out.explain" />
        </p>
        <Form person={person.id} action="/sign-out">
          <button type="submit" class="button secondary">
            <Text words={words} k="settings.sign-out" />
          </button>
        </Form>
        <p>
          <a href="/erase" class="quiet">
            <Text words={words} k="erase.title" />
          </a>
        </p>
      </section>
    </>
  );
}

/** What its owner must not miss, until they say that they have not; what is new by then is told anew. */
function NewDevices({
  words,
  person,
  devices,
}: Pick<SettingsProps, 'words' | 'person'> & { devices: SettingsProps['newDevices'] }) {
  const [newest] = devices;
  if (!newest) return null;
  return (
    <Form person={person.id} action="/devices/known" class="notice">
      <b>
        <Text words={words} k="alert.device.title" />
      </b>
      {devices.map(({ name, at }) => (
        <p>
          {name}, {sayTime(words, at)}
        </p>
      ))}
      <input type="hidden" name="newest" value={newest.id} />
      <button type="submit" class="button secondary">
        <Text words={words} k="settings.devices.seen" />
      </button>
    </Form>
  );
}

/** Who sees whom having seen what: altogether, and circle by circle. */
function FootprintsCard({ words, person, circles }: Pick<SettingsProps, 'words' | 'person' | 'circles'>) {
  return (
    <section class="card">
      <h2>
        <Text words={words} k="seen.settings.title" />
      </h2>
      <p id="footprints-hint">
        <Text words={words} k="seen.settings.explain" />
      </p>
      <Form person={person.id} action="/settings/footprints">
        <label class="chip">
          <input type="checkbox" name="footprints" value="on" checked={person.footprints} aria-describedby="footprints-hint" />
          <span>
            <Text words={words} k="seen.settings.all" />
          </span>
        </label>
        {circles.length > 0 && (
          <fieldset class="audience">
            <legend>
              <Text words={words} k="seen.settings.circles" />
            </legend>
            {circles.map((circle) => (
              <label class="chip">
                <input type="checkbox" name="circles" value={circle.id} checked={circle.footprints} />
                <span>{circle.name}</span>
              </label>
            ))}
          </fieldset>
        )}
        <button type="submit" class="button">
          <Text words={words} k="action.save" />
        </button>
      </Form>
    </section>
  );
}

function DeviceRow({ words, person, device }: Pick<SettingsProps, 'words' | 'person'> & { device: Device }) {
  return (
    <>
      <p>
        <b>{device.name}</b>
        {device.current && (
          <span class="tag">
            <Text words={words} k="settings.device.this" />
          </span>
        )}
        {device.alerts && (
          <span class="tag">
            <Text words={words} k="settings.device.alerts" />
          </span>
        )}
        <br />
        <span class="faint small">
          <Text words={words} k="settings.device.since" time={sayTime(words, device.createdAt)} />
          {' · '}
          <Text words={words} k="settings.device.used" time={sayTime(words, device.lastUsedAt)} />
        </span>
      </p>
      {!device.current && (
        <Form person={person.id} action={`/devices/${device.id}/sign-out`}>
          <button type="submit" class="quiet">
            <Text words={words} k="settings.device.sign-out" device={device.name} />
          </button>
        </Form>
      )}
    </>
  );
}
