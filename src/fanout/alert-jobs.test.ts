import { uuidv7 } from 'uuidv7';
import { afterAll, describe, expect, it } from 'vitest';
import { DIGEST_OVERDUE_SECONDS, DIGEST_PUT_OFF_MAX_SECONDS, DUE_ALERT_LEASE_SECONDS } from '../contract/limits.ts';
import { type AlertJob, QUEUES } from '../platform/jobs.ts';
import { fromNow, NOW, openStoreWorld } from '../testing/store-world.ts';
import { addHelpJobs, findDigest, type HelpAlert } from './alert-jobs.ts';

const world = openStoreWorld('alert-jobs');
afterAll(world.close);

describe('findDigest', () => {
  const CIRCLE = uuidv7();
  const dueAt = NOW.getTime();
  const find = (isOpened: boolean, hasRepeats: boolean, secondsLater = 0) =>
    findDigest(CIRCLE, { window: 3, dueAt, isOpened }, hasRepeats, fromNow(secondsLater * 1_000));

  it('is that of a window that was opened now', () => {
    expect(find(true, false)).toEqual([{ alert: { kind: 'digest', circle: CIRCLE, window: 3 }, dueAt }]);
  });

  it('is nothing for a window that others opened, unless a status came again or the digest is overdue', () => {
    expect(find(false, false, DIGEST_OVERDUE_SECONDS)).toEqual([]);
    // Nor while it may be put off: it is scheduled.
    expect(find(false, false, DIGEST_PUT_OFF_MAX_SECONDS + DUE_ALERT_LEASE_SECONDS)).toEqual([]);
    expect(find(false, true)).toHaveLength(1);
    expect(find(false, false, DIGEST_OVERDUE_SECONDS + 0.001)).toHaveLength(1);
    expect(findDigest(CIRCLE, null, true, NOW)).toEqual([]);
  });
});

describe('addHelpJobs', () => {
  it('adds a job once, on the queue that help has for itself', async () => {
    const [circle, status] = [uuidv7(), uuidv7()];
    const help: HelpAlert = { kind: 'help', circle, status };
    const alerts: HelpAlert[] = [help, { kind: 'withdrawn', circle, status }, help];
    await addHelpJobs(world.queues, alerts);
    await addHelpJobs(world.queues, alerts);
    expect(await world.listJobs<AlertJob>(QUEUES.alerts)).toEqual([]);
    const helps = await world.listJobs<AlertJob>(QUEUES.alertsHelp);
    expect(helps).toHaveLength(2);
    expect(new Set(helps.map(({ id }) => id))).toEqual(new Set([`help-${circle}-${status}`, `withdrawn-${circle}-${status}`]));
  });
});
