import { uuidv7 } from 'uuidv7';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  DELIVERY_NOTICES_MAX,
  DELIVERY_NOTICES_PER_SECOND,
  HELP_NOTICES_MAX,
  HELP_NOTICES_PER_SECOND,
} from '../contract/limits.ts';
import { parseControlMessage } from '../store/control-messages.ts';
import { openStoreWorld, silent } from '../testing/store-world.ts';
import { DeliveryNotices } from './delivery-notices.ts';

const world = openStoreWorld('delivery-notices');
const author = uuidv7();
let heard: () => Promise<string[]>;
let notices: DeliveryNotices;
beforeEach(async () => {
  heard = await world.listen(world.keys.control);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  notices = new DeliveryNotices(world.redis, world.keys, silent);
});
afterEach(async () => {
  await notices.close();
  vi.useRealTimers();
});
afterAll(world.close);

/** Statuses of each message so far. */
async function told(): Promise<string[][]> {
  await world.redis.ping();
  return (await heard()).map((text) => {
    const message = parseControlMessage(Buffer.from(text));
    if (message?.t !== 'delivery') throw new Error(text);
    expect(new Set(message.notices.map((notice) => notice.author))).toEqual(new Set([author]));
    return message.notices.map(({ status }) => status);
  });
}
const tell = (...statuses: string[]) => notices.tell(statuses.map((status) => ({ status, author, isHelp: false })));
const tellHelp = (...statuses: string[]) => notices.tell(statuses.map((status) => ({ status, author, isHelp: true })));
const makeIds = (count: number, letter: string) => Array.from({ length: count }, (_, index) => `${letter}${index}`);

describe('DeliveryNotices', () => {
  it('gathers for a second, and tells each status once', async () => {
    tell('a', 'b');
    tell('a');
    vi.advanceTimersByTime(999);
    expect(await told()).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(await told()).toEqual([['a', 'b']]);
    vi.advanceTimersByTime(10_000);
    tell('a');
    vi.advanceTimersByTime(1_000);
    expect(await told()).toEqual([['a', 'b'], ['a']]);
  });

  it('tells so many a second, the oldest first, and forgets what is beyond all measure', async () => {
    const statuses = Array.from({ length: DELIVERY_NOTICES_MAX + 5 }, (_, index) => `s${index}`);
    tell(...statuses);
    const seconds = DELIVERY_NOTICES_MAX / DELIVERY_NOTICES_PER_SECOND;
    vi.advanceTimersByTime(1_000 * (seconds + 5));
    const messages = await told();
    expect(messages).toHaveLength(seconds);
    expect(messages.flat()).toEqual(statuses.slice(0, DELIVERY_NOTICES_MAX));
  });

  it('tells of *help* first, however many others wait', async () => {
    tell(...makeIds(DELIVERY_NOTICES_MAX + 5, 's'));
    tellHelp('help');
    vi.advanceTimersByTime(1_000);
    const [first = []] = await told();
    expect(first[0]).toBe('help');
    expect(first).toHaveLength(1 + DELIVERY_NOTICES_PER_SECOND);
  });

  it('tells of each *help* up to a bound that keeps memory finite, so many a second', async () => {
    const calls = makeIds(HELP_NOTICES_MAX + 5, 'h');
    tellHelp(...calls);
    vi.advanceTimersByTime(2_000);
    expect(await told()).toEqual([
      calls.slice(0, HELP_NOTICES_PER_SECOND),
      calls.slice(HELP_NOTICES_PER_SECOND, 2 * HELP_NOTICES_PER_SECOND),
    ]);
    await notices.close();
    expect((await told()).flat()).toEqual(calls.slice(0, HELP_NOTICES_MAX));
  });

  it('tells of *help* again where it could not', async () => {
    const publish = vi.spyOn(world.redis, 'publish').mockRejectedValueOnce(new Error('away'));
    tell('a');
    tellHelp('help');
    vi.advanceTimersByTime(1_000);
    await Promise.allSettled(publish.mock.results.map(({ value }) => value));
    await world.redis.ping();
    vi.advanceTimersByTime(1_000);
    expect(await told()).toEqual([['help']]);
    publish.mockRestore();
  });

  it('says when it is closed what waits of *help*, and nothing after it', async () => {
    tell('a');
    tellHelp('help');
    await notices.close();
    expect(await told()).toEqual([['help']]);
    tell('b');
    vi.advanceTimersByTime(5_000);
    expect(await told()).toEqual([['help']]);
  });
});
