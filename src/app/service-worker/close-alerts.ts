/** What of a service worker's global scope is needed; nothing of it elsewhere. */
type Scope = Partial<Pick<ServiceWorkerGlobalScope, 'registration'>>;

/** Takes all notifications of ours off the phone: whoever comes next may not read whom somebody else cares for. Never rejects. */
export async function closeAlerts({ registration }: Scope = globalThis as Scope): Promise<void> {
  const alerts = await registration?.getNotifications().catch(() => []);
  for (const alert of alerts ?? []) alert.close();
}
