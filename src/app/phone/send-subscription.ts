import { PERSON_HEADER } from '../../contract/people.ts';

/** `on`: the service has it; else the code of the problem that it named. */
export type SubscriptionOutcome = 'on' | { refused: string };

/**
 * Tells the service where this device is reached. Sent again at every open: subscriptions change without a word.
 * @param person whose page it is: where somebody else is signed in by now, it is refused; left out where no page asks
 */
export async function sendSubscription(subscription: PushSubscription, person?: string): Promise<SubscriptionOutcome> {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const response = await fetch('/v1/push/subscription', {
    method: 'PUT',
    headers: { 'content-type': 'application/json', ...(person && { [PERSON_HEADER]: person }) },
    body: JSON.stringify({ ...subscription.toJSON(), timeZone }),
  });
  if (response.ok) return 'on';
  const problem = (await response.json().catch(() => ({}))) as { code?: string };
  return { refused: problem.code ?? 'unavailable' };
}
