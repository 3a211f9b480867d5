import { uuidv7 } from 'uuidv7';
import { afterAll, describe, expect, it } from 'vitest';
import { DIGEST_OVERDUE_SECONDS, DIGEST_PUT_OFF_MAX_SECONDS, DIGEST_PUT_OFF_SECONDS } from '../contract/limits.ts';
import { type AlertJob, QUEUES } from '../platform/queues.ts';
import { fromNow, NOW, openStoreWorld } from '../testing/store-world.ts';
import { addAlertJobs, findDigestAlert, helpAlert } from './alert-jobs.ts';

const world = openStoreWorld('alert-jobs');
afterAll(world.close);

describe('findDigestAlert', () => {
  const CIRCLE = uuidv7();
  const dueAt = NOW.getTime();
  const find = (isOpened: boolean, hasRepeats: boolean, secondsLater = 0) =>
    findDigestAlert(CIRCLE, { window: 3, dueAt, isOpened }, hasRepeats, fromNow(secondsLater * 1_000));

  it('is the job of a window that was opened now', () => {
    expect(find(true, false)).toEqual([{ job: { kind: 'digest', circle: CIRCLE, window: 3 }, id: `digest-${CIRCLE}-3`, dueAt }]);
  });

  it('is nothing for a window that others opened, unless a status came again or the digest is overdue', () => {
    expect(find(false, false, DIGEST_OVERDUE_SECONDS)).toEqual([]);
    // Nor while it may be put off: its job is there.
    expect(find(false, false, DIGEST_PUT_OFF_MAX_SECONDS + 2 * DIGEST_PUT_OFF_SECONDS)).toEqual([]);
    expect(find(false, true)).toHaveLength(1);
    expect(find(false, false, DIGEST_OVERDUE_SECONDS + 0.001)).toHaveLength(1);
    expect(findDigestAlert(CIRCLE, null, true, NOW)).toEqual([]);
  });
});

describe('addAlertJobs', () => {
  it('adds a job once, digests when they are due and help on a queue of its own', async () => {
    const [circle, status] = [uuidv7(), uuidv7()];
    const [digest] = findDigestAlert(circle, { window: 1, dueAt: fromNow(3_000).getTime(), isOpened: true }, false, NOW);
    if (!digest) throw new Error('no digest');
    const alerts = [digest, helpAlert('help', circle, status), digest, helpAlert('withdrawn', circle, status)];
    await addAlertJobs(world.queues, alerts, NOW);
    await addAlertJobs(world.queues, alerts, NOW);
    const digests = await world.listJobs<AlertJob>(QUEUES.alerts);
    expect(digests.map(({ id, opts }) => [id, opts.delay])).toEqual([[`digest-${circle}-1`, 3_000]]);
    const helps = await world.listJobs<AlertJob>(QUEUES.alertsHelp);
    expect(new Set(helps.map(({ id }) => id))).toEqual(new Set([`help-${circle}-${status}`, `withdrawn-${circle}-${status}`]));
  });
});
