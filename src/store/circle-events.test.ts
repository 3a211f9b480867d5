import { uuidv7 } from 'uuidv7';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { parsePosition } from '../contract/position.ts';
import { openStoreWorld } from '../testing/store-world.ts';
import { createEmitArguments } from './circle-events.ts';

const world = openStoreWorld('circle-events');
const { redis, keys, stores, server } = world;
afterAll(world.close);

let circle: string;
let person: string;
beforeEach(async () => {
  const made = await world.makeCircle();
  circle = made.id;
  person = made.keeper.id;
});

const emit = () => stores.circles.change(circle, 'Tanaka', 'keepers');
const readPosition = async () => parsePosition((await stores.circles.view(person, circle))?.circle.position ?? '');

describe('an event of a circle', () => {
  it('has the next number, in the feed and on the channel alike, however many come at once', async () => {
    const hear = await world.listen(keys.circle.channel(circle));
    await Promise.all(Array.from({ length: 20 }, emit));
    const epoch = (await readPosition())?.epoch;
    const positions = Array.from({ length: 20 }, (_, index) => `${epoch}-${index + 2}`);
    expect((await hear()).map((text) => text.slice(0, text.indexOf(' ')))).toEqual(positions);
    expect((await world.readFrames(circle)).slice(1).map(({ position }) => position)).toEqual(positions);
  });

  it('keeps its epoch while Redis runs, and has a new one once it was restarted, counting on', async () => {
    await emit();
    const before = await readPosition();
    expect(before?.seq).toBe(2);
    server.runId = uuidv7();
    await Promise.all([emit(), emit()]);
    const behind = await readPosition();
    expect(behind?.seq).toBe(4);
    expect(behind?.epoch).not.toBe(before?.epoch);
    await emit();
    expect(await readPosition()).toEqual({ epoch: behind?.epoch, seq: 5 });
  });

  it('pushes the oldest out of a full feed', async () => {
    const [first] = await redis.xrange(keys.circle.feed(circle), '-', '+', 'COUNT', 1);
    for (let round = 0; round < 12; round++) await Promise.all(Array.from({ length: 100 }, emit));
    const length = await redis.xlen(keys.circle.feed(circle));
    expect(length).toBeGreaterThanOrEqual(1_000);
    expect(length).toBeLessThan(1_200);
    expect(await redis.xrange(keys.circle.feed(circle), first?.[0] ?? '', first?.[0] ?? '')).toEqual([]);
  });

  it('is told again after SCRIPT FLUSH, each of a hundred under way at once', async () => {
    const before = (await readPosition())?.seq ?? 0;
    const all = Array.from({ length: 100 }, emit);
    await redis.script('FLUSH');
    await Promise.all([...all, ...Array.from({ length: 100 }, emit)]);
    expect((await readPosition())?.seq).toBe(before + 200);
  });
});

describe('createEmitArguments', () => {
  it('proposes another epoch each time, and takes the run id of the server as it is now', async () => {
    let runId = 'first';
    const emitArguments = createEmitArguments(keys, async () => runId);
    const first = await emitArguments(circle);
    runId = 'second';
    const second = await emitArguments(circle);
    expect(first.slice(0, 3)).toEqual([keys.circle.channel(circle), circle, 'first']);
    expect(second[2]).toBe('second');
    expect(first[3]).toMatch(/^[0-9a-f]{8}$/);
    expect(second[3]).not.toBe(first[3]);
  });
});
