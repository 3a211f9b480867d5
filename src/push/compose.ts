import { zoneOfCountry } from '../i18n/country-zones.ts';
import type { PushJob } from '../platform/queues.ts';
import type { AlertFactsStore } from '../store/alert-facts.ts';
import type { PushSubscriptionStore, StoredSubscription } from '../store/push-subscriptions.ts';
import { encodeAlert } from './alert.ts';
import type { EncodedAlert } from './send.ts';
import { type Reader, writeDevice, writeDigest, writeHelp, writeTest, writeWithdrawn } from './words.ts';

/** An alert ready to be sent, with the statuses that it tells of; or why there is nothing to send. */
export type Composed =
  | { subscription: StoredSubscription; encoded: EncodedAlert; statuses: string[] }
  | { skipped: 'no-subscription' | 'signed-out' | 'not-member' | 'level' | 'nothing-left' };

interface Options {
  facts: AlertFactsStore;
  subscriptions: Pick<PushSubscriptionStore, 'get'>;
  /** Null: each device is sent to the origin that it subscribed on. */
  publicUrl: string | null;
  now: () => Date;
}

/** Writes the alert of one job as things are now: membership, alert level and retractions are read here, not when it was queued. */
export function createComposer({ facts, subscriptions, publicUrl, now }: Options): (job: PushJob) => Promise<Composed> {
  return async (job) => {
    const { kind, person, session, circle } = job;
    const [subscription, found, circleFacts] = await Promise.all([
      subscriptions.get(person, session),
      facts.readReader(person, session),
      circle === null ? null : facts.readCircle(circle, person),
    ]);
    if (!subscription) return { skipped: 'no-subscription' };
    if (!found) return { skipped: 'signed-out' };
    const reader: Reader = { locale: found.locale, timeZone: subscription.timeZone ?? zoneOfCountry(found.country), now: now() };
    const origin = publicUrl ?? subscription.origin;
    const compose = (alert: Omit<Parameters<typeof encodeAlert>[0], 'kind' | 'circle'>, statuses: string[] = []) => ({
      subscription,
      encoded: encodeAlert({ ...alert, kind, circle }, reader, origin),
      statuses,
    });

    if (kind === 'test') return compose({ subject: 'test', path: '/alerts', words: writeTest(reader), at: reader.now });
    if (kind === 'device') {
      const device = job.device === undefined ? null : await facts.readDevice(person, job.device);
      if (!device) return { skipped: 'nothing-left' };
      const words = writeDevice(reader, device.name, device.createdAt);
      return compose({ subject: `device-${job.device}`, path: '/settings', words, at: new Date(device.createdAt) });
    }

    if (circle === null || !circleFacts) return { skipped: 'not-member' };
    const { name: circleName, level } = circleFacts;
    const path = `/circles/${circle}`;
    const [status = ''] = job.statuses;
    if (kind === 'withdrawn') {
      const withdrawn = await facts.readWithdrawn(circle, status);
      if (!withdrawn || withdrawn.author === person) return { skipped: 'nothing-left' };
      const at = new Date(withdrawn.at ?? reader.now);
      const words = writeWithdrawn(reader, circleName, withdrawn.name, at.toISOString());
      return compose({ subject: `help-${status}`, path, words, at }, [status]);
    }
    if (level === 'none' || (kind === 'digest' && level === 'help-only')) return { skipped: 'level' };
    if (kind === 'help') {
      const help = await facts.readHelp(circle, status);
      if (!help || help.author === person) return { skipped: 'nothing-left' };
      const words = writeHelp(reader, circleName, help);
      return compose({ subject: `help-${status}`, path, words, at: new Date(help.writtenAt) }, [status]);
    }
    const { news, told } = await facts.readNews(circle, job.statuses);
    const others = news.filter(({ author }) => author !== person);
    const [newest] = others;
    if (!newest) return { skipped: 'nothing-left' };
    // Who wants every alert on its own loses none of them to the next one; otherwise the circle's newest digest is enough.
    const subject = level === 'all' ? `circle-${circle}-${newest.author}` : `circle-${circle}`;
    const words = writeDigest(reader, circleName, others);
    return compose({ subject, path, words, at: new Date(newest.writtenAt) }, told);
  };
}
