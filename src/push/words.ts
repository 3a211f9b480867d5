import type { Locale } from '../contract/people.ts';
import { CONDITIONS, type Condition } from '../contract/statuses.ts';
import { clockTime, dayAndTime, isSameDay } from '../i18n/clock.ts';
import { translate } from '../i18n/translate.ts';

/** For whom an alert is written, and when. */
export interface Reader {
  locale: Locale;
  /** IANA name; UTC is written beside the time. */
  timeZone: string;
  now: Date;
}
/** What an alert says of one status. No note and no place: others can read a lock screen. */
export interface Line {
  /** How the circle knows the author. */
  name: string;
  condition: Condition;
  /** RFC 3339. */
  writtenAt: string;
}
export interface Words {
  title: string;
  body: string;
}

/** Names in one group of a digest: a lock screen shows two or three lines, and the payload has to fit into 4 KB. */
const NAMES_MAX = 3;

/** Circles in one alert; of each only one name for a condition is told. */
const CIRCLES_MAX = 3;

/** One alert for several statuses, one line for each author, newest first. `lines` is not empty. */
export function writeDigest(reader: Reader, circle: string, lines: Line[]): Words {
  const { locale } = reader;
  const groups = groupLines(lines);
  const [first] = groups;
  if (groups.length === 1 && first) {
    const name = first.members[0]?.name ?? '';
    const count = lines.length - 1;
    const title =
      count === 0
        ? translate(locale, `alert.digest.${first.condition}.one`, { name })
        : translate(locale, `alert.digest.${first.condition}.more`, { name, count });
    return { title, body: translate(locale, 'alert.digest.body', { circle, people: namePeople(reader, first.members) }) };
  }
  return {
    title: translate(locale, 'alert.digest.mixed', { count: lines.length, circle }),
    body: writeGroups(reader, groups, NAMES_MAX),
  };
}

/** One alert for the news of several circles, in the order given; each has lines. Somebody in two of them counts twice. */
export function writeJoined(reader: Reader, circles: { name: string; lines: Line[] }[]): Words {
  const { locale } = reader;
  const count = circles.reduce((sum, { lines }) => sum + lines.length, 0);
  const body = circles
    .slice(0, CIRCLES_MAX)
    .map(({ name, lines }) =>
      translate(locale, 'alert.digest.body', { circle: name, people: writeGroups(reader, groupLines(lines), 1) }),
    );
  return { title: translate(locale, 'alert.joined.title', { count }), body: body.join('\n') };
}

export function writeHelp(reader: Reader, circle: string, { name, writtenAt }: Line): Words {
  const time = writeTime(reader, writtenAt);
  return {
    title: translate(reader.locale, 'alert.help.title', { name }),
    body: translate(reader.locale, 'alert.help.body', { time, circle }),
  };
}

/** `at`: when it was taken back. */
export function writeWithdrawn(reader: Reader, circle: string, name: string, at: string): Words {
  const time = writeTime(reader, at);
  return {
    title: translate(reader.locale, 'alert.withdrawn.title', { name }),
    body: translate(reader.locale, 'alert.withdrawn.body', { time, circle }),
  };
}

export function writeTest(reader: Reader): Words {
  const time = writeTime(reader, reader.now.toISOString());
  return { title: translate(reader.locale, 'alert.test.title'), body: translate(reader.locale, 'alert.test.body', { time }) };
}

/** `device`: browser and system of the new one. */
export function writeDevice(reader: Reader, device: string, at: string): Words {
  const time = writeTime(reader, at);
  return {
    title: translate(reader.locale, 'alert.device.title'),
    body: translate(reader.locale, 'alert.device.body', { device, time }),
  };
}

interface Group {
  condition: Condition;
  members: Line[];
}

/** By condition, the worst first. */
function groupLines(lines: Line[]): Group[] {
  return CONDITIONS.toReversed()
    .map((condition) => ({ condition, members: lines.filter((line) => line.condition === condition) }))
    .filter(({ members }) => members.length > 0);
}

function writeGroups(reader: Reader, groups: Group[], namesMax: number): string {
  const texts = groups.map(({ condition, members }) =>
    translate(reader.locale, `alert.digest.group.${condition}`, { people: namePeople(reader, members, namesMax) }),
  );
  return texts.join(translate(reader.locale, 'alert.digest.group-separator'));
}

function namePeople(reader: Reader, members: Line[], namesMax = NAMES_MAX): string {
  const { locale } = reader;
  const people = members
    .slice(0, namesMax)
    .map(({ name, writtenAt }) => translate(locale, 'alert.digest.person', { name, time: writeTime(reader, writtenAt) }))
    .join(translate(locale, 'alert.digest.person-separator'));
  const count = members.length - namesMax;
  return count > 0 ? translate(locale, 'alert.digest.people-more', { people, count }) : people;
}

/** The time it was written, with its day when that is not today: a phone may show an alert long after it was sent. */
function writeTime({ locale, timeZone, now }: Reader, at: string): string {
  return isSameDay(at, now, timeZone) ? clockTime(locale, at, timeZone) : dayAndTime(locale, at, timeZone);
}
