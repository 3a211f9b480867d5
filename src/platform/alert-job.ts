import type { AlertJob } from './jobs.ts';

/**
 * Id of an alert's job, whether it has one in a queue or is planned from its entry: the same alert has the same, so that a second
 * job of it is none, and what one turn has claimed the next one may claim again. Where a person's claims are kept it says what
 * kind of alert they heard of (`isHelpJob`; the script `claim-withdrawn.lua` reads the same).
 */
export function alertJobId(alert: AlertJob): string {
  const { kind, circle } = alert;
  if (kind === 'digest') return `digest-${circle}-${alert.window}`;
  if (kind === 'later') return `later-${circle}-${alert.at}`;
  return `${kind}-${circle}-${alert.status}`;
}

/** Whether what begins with this id of a job was claimed by the alert of a *help*. */
export function isHelpJob(claim: string): boolean {
  return claim.startsWith('help-');
}
