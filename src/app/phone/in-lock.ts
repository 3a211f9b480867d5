/**
 * Does `work` while nothing else of the phone's is in that Web Lock; at once, as if it had it, where the browser has no locks. With
 * `ifAvailable` it gets null instead where something else is in it.
 */
export function inLock<T>(name: string, options: LockOptions, work: (lock: unknown) => Promise<T>): Promise<T> {
  const locks = globalThis.navigator?.locks;
  return locks ? locks.request(name, options, work) : work(true);
}
