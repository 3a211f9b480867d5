/** What the service worker tells open pages when it has shown an alert. */
export interface ReachedNote {
  /** By the phone's clock, in milliseconds. */
  at: number;
  isTest: boolean;
}

/** Null where the browser has no channels: the page then says it at its next opening. */
export function openReachedChannel(): BroadcastChannel | null {
  return 'BroadcastChannel' in globalThis ? new BroadcastChannel('reached') : null;
}
