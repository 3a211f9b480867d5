/** Lets the browser send what waits when no page is open. @returns whether it will (not on iOS, nor in Firefox) */
export async function askBackgroundSync(registration: ServiceWorkerRegistration | undefined): Promise<boolean> {
  const { sync } = (registration ?? {}) as { sync?: { register(tag: string): Promise<void> } };
  return sync
    ? sync.register('outbox').then(
        () => true,
        () => false,
      )
    : false;
}
