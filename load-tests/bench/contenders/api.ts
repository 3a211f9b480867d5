import { setTimeout as delay } from 'node:timers/promises';
import { Pool } from 'undici';

/** Calls under way at once while a world is made. */
const AT_ONCE = 64;
/** A machine that is busy with something else makes Buji say "not confirmed". A person made twice is in no circle. */
const TRIES_MAX = 20;
/** Where a 503 names no time itself. */
const RETRY_SECONDS = 0.5;

/** Calls Buji's HTTP interface. @throws {Error} with the answer, where it is none of 2xx */
export class Api {
  readonly #pool: Pool;

  constructor(port: number) {
    this.#pool = new Pool(`http://127.0.0.1:${port}`, { connections: AT_ONCE });
  }

  post<T>(path: string, body: object, token?: string): Promise<T> {
    return this.#send('POST', path, body, token);
  }

  put<T>(path: string, body: object, token?: string): Promise<T> {
    return this.#send('PUT', path, body, token);
  }

  async #send<T>(method: 'POST' | 'PUT', path: string, body: object, token?: string, tries = 0): Promise<T> {
    const {
      statusCode,
      headers,
      body: answer,
    } = await this.#pool.request({
      path,
      method,
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    if (statusCode === 503 && tries < TRIES_MAX) {
      await delay(Number(headers['retry-after'] ?? RETRY_SECONDS) * 1_000);
      return this.#send(method, path, body, token, tries + 1);
    }
    if (statusCode >= 300) throw new Error(`${method} ${path.replace(/[\w-]{22,}/g, '…')}: ${statusCode} ${text}`);
    return (text ? JSON.parse(text) : null) as T;
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}

/** Calls for all items, some at once, in their order. */
export async function forAll<T, R>(items: readonly T[], call: (item: T, index: number) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  async function work(): Promise<void> {
    while (next < items.length) {
      const index = next++;
      results[index] = await call(items[index] as T, index);
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return results;
}
