import { Pool } from 'undici';

/** Calls under way at once while a world is made. */
const AT_ONCE = 64;

/** Calls Buji's HTTP interface. @throws {Error} with the answer, where it is none of 2xx */
export class Api {
  readonly #pool: Pool;

  constructor(port: number) {
    this.#pool = new Pool(`http://127.0.0.1:${port}`, { connections: AT_ONCE });
  }

  async post<T>(path: string, body: object, token?: string): Promise<T> {
    const { statusCode, body: answer } = await this.#pool.request({
      path,
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    if (statusCode >= 300) throw new Error(`POST ${path.replace(/[\w-]{22,}/g, '…')}: ${statusCode} ${text}`);
    return JSON.parse(text) as T;
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
