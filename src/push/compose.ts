import { createHash } from 'node:crypto';
import { zoneOfCountry } from '../i18n/country-zones.ts';
import type { PushAlert } from '../platform/jobs.ts';
import type { AlertFactsStore, NewsFacts, ReaderFacts } from '../store/alert-facts.ts';
import type { PushSubscriptionStore, StoredSubscription } from '../store/push-subscriptions.ts';
import { encodeAlert } from './alert.ts';
import { type PageFacts, readPageFacts } from './page-facts.ts';
import type { EncodedAlert } from './send.ts';
import { type Reader, type Words, writeDevice, writeDigest, writeHelp, writeJoined, writeTest, writeWithdrawn } from './words.ts';

/** An alert ready to be sent, with the statuses that it tells of; or why there is nothing to send. */
export type Composed =
  | { subscription: StoredSubscription; encoded: EncodedAlert; statuses: string[] }
  | { skipped: 'no-subscription' | 'signed-out' | 'not-member' | 'level' | 'nothing-left' | 'visible' };
type Skipped = Extract<Composed, { skipped: string }>;

export interface ComposerOptions {
  facts: AlertFactsStore;
  subscriptions: Pick<PushSubscriptionStore, 'isOwnedBy'>;
  /** Null: each device is sent to the origin that it subscribed on. */
  publicUrl: string | null;
  now: () => Date;
}

/** What an alert says, before it is put into words. `key` names those words: devices with the same key are told the same. */
interface Content {
  key: string;
  subject: string;
  path: string;
  /** The circle that the phone is told it is about. */
  circle: string | null;
  statuses: string[];
  /** Authors told of. */
  people?: number;
  at: Date;
  write(reader: Reader): Words;
}

interface CircleNews {
  circle: string;
  name: string;
  isApart: boolean;
  news: NewsFacts[];
  told: string[];
}

/**
 * Writes the alerts of one job as things are now: membership, alert level and retractions are read here, not when it was queued.
 * What circles have to tell is read once for all of them, and the same text is written once.
 */
export function createComposer(options: ComposerOptions): (alerts: PushAlert[]) => Promise<Composed[]> {
  const { facts, subscriptions, publicUrl, now } = options;

  async function composeOne(alert: PushAlert, page: PageFacts, written: Map<string, EncodedAlert>): Promise<Composed> {
    const { kind, person, session } = alert;
    const { reader, subscription, isVisible } = await facts.readDevice(person, session);
    if (!subscription || !(await subscriptions.isOwnedBy(person, session, subscription.endpoint))) {
      return { skipped: 'no-subscription' };
    }
    if (!reader) return { skipped: 'signed-out' };
    const content = await findContent(alert, page, now());
    if ('skipped' in content) return content;
    // Who looks at the board sees it there; asked last, so that the reason above is the truer one.
    if (isVisible && kind === 'digest') return { skipped: 'visible' };
    return { subscription, encoded: encode(alert, content, reader, subscription, written), statuses: content.statuses };
  }

  function encode(
    { kind }: PushAlert,
    content: Content,
    { locale, country }: ReaderFacts,
    subscription: StoredSubscription,
    written: Map<string, EncodedAlert>,
  ): EncodedAlert {
    const timeZone = subscription.timeZone ?? zoneOfCountry(country);
    const origin = publicUrl ?? subscription.origin;
    const key = `${kind} ${locale} ${country} ${timeZone} ${origin} ${content.key}`;
    const known = written.get(key);
    if (known) return known;
    const reader = { locale, timeZone, now: now() };
    const confirms = confirmable(kind) ? content.statuses : [];
    const encoded = encodeAlert({ ...content, kind, country, confirms, words: content.write(reader) }, reader, origin);
    written.set(key, encoded);
    return encoded;
  }

  async function findContent(alert: PushAlert, page: PageFacts, at: Date): Promise<Content | Skipped> {
    const { kind, person, circle, device = '' } = alert;
    const base = { circle, statuses: [], at };
    if (kind === 'test') return { ...base, key: '', subject: 'test', path: '/alerts', write: writeTest };
    if (kind === 'device') {
      const found = await facts.readNewDevice(person, device);
      if (!found) return { skipped: 'nothing-left' };
      const write = (reader: Reader) => writeDevice(reader, found.name, found.createdAt);
      return { ...base, key: device, subject: `device-${device}`, path: '/settings', at: new Date(found.createdAt), write };
    }
    if (kind === 'digest') return findDigest(alert, page);
    return findUrgent(alert, page, at);
  }

  /** A *help*, or that it was withdrawn: one status. */
  function findUrgent({ kind, person, circle, statuses }: PushAlert, page: PageFacts, now: Date): Content | Skipped {
    const [status = ''] = statuses;
    const known = circle === null ? null : page.circle(circle);
    const level = known?.levels.get(person);
    if (!known || level === undefined) return { skipped: 'not-member' };
    const shared = { circle, subject: `help-${status}`, path: `/circles/${circle}`, statuses: [status] };
    if (kind === 'withdrawn') {
      const withdrawn = page.withdrawn(circle ?? '', status);
      if (!withdrawn || withdrawn.author === person) return { skipped: 'nothing-left' };
      const at = new Date(withdrawn.at ?? now);
      const write = (reader: Reader) => writeWithdrawn(reader, known.name, withdrawn.name, at.toISOString());
      return { ...shared, key: `${circle} ${status}`, at, write };
    }
    if (level === 'none') return { skipped: 'level' };
    const help = page.help(circle ?? '', status);
    if (!help || help.author === person) return { skipped: 'nothing-left' };
    const write = (reader: Reader) => writeHelp(reader, known.name, help);
    const path = `/answer/${circle}/${help.author}`;
    return { ...shared, path, people: 1, key: `${circle} ${status}`, at: new Date(help.writtenAt), write };
  }

  function findDigest({ person, circle, statuses, others = [] }: PushAlert, page: PageFacts): Content | Skipped {
    const told: CircleNews[] = [];
    let skipped: Skipped['skipped'] = 'not-member';
    for (const item of [{ circle: circle ?? '', statuses }, ...others]) {
      const known = page.circle(item.circle);
      const level = known?.levels.get(person);
      if (!known || level === undefined) continue;
      skipped = 'level';
      if (level === 'none' || level === 'help-only') continue;
      skipped = 'nothing-left';
      const selection = page.news(item.circle, item.statuses);
      const news = selection.news.filter(({ author }) => author !== person);
      if (news.length === 0) continue;
      told.push({ circle: item.circle, name: known.name, isApart: level === 'all', news, told: selection.told });
    }
    const [first, ...more] = told;
    const newest = first?.news[0];
    if (!first || !newest) return { skipped };
    const shared = {
      key: told
        .map(({ circle: id, isApart, news, told: ids }) => [id, isApart, ...news.map((item) => item.id), ...ids].join(' '))
        .join(),
      statuses: [...new Set(told.flatMap((item) => item.told))],
      people: new Set(told.flatMap(({ news }) => news.map(({ author }) => author))).size,
    };
    if (more.length > 0) {
      const at = new Date(Math.max(...told.flatMap(({ news }) => news.map(({ writtenAt }) => Date.parse(writtenAt)))));
      const write = (reader: Reader) =>
        writeJoined(
          reader,
          told.map(({ name, news }) => ({ name, lines: news })),
        );
      return { ...shared, circle: null, subject: nameCircles(told), path: '/', at, write };
    }
    const { circle: id, name, isApart, news } = first;
    // Who wants every alert on its own loses none of them to the next one; otherwise the circle's newest digest is enough.
    const subject = isApart ? `circle-${id}-${newest.author}` : `circle-${id}`;
    const write = (reader: Reader) => writeDigest(reader, name, news);
    const path = news.length === 1 ? `/answer/${id}/${newest.author}` : `/answer/${id}`;
    return { ...shared, circle: id, subject, path, at: new Date(newest.writtenAt), write };
  }

  return async (alerts) => {
    const page = await readPageFacts(facts, alerts);
    const written = new Map<string, EncodedAlert>();
    return Promise.all(alerts.map((alert) => composeOne(alert, page, written)));
  };
}

/** Whether its author is told whom such an alert has reached. */
export function confirmable(kind: PushAlert['kind']): boolean {
  return kind === 'digest' || kind === 'help';
}

/** The same circles together replace the alert of these circles, and no other. */
function nameCircles(told: CircleNews[]): string {
  const ids = told.map(({ circle }) => circle).sort((a, b) => (a < b ? -1 : 1));
  return `circles-${createHash('sha256').update(ids.join()).digest('hex').slice(0, 16)}`;
}
