import { afterEach, describe, expect, it } from 'vitest';
import { waitFor } from '../testing/wait-for.ts';
import { Lane, type LaneLimits, type LaneState } from './lane.ts';
import type { PushResult } from './send.ts';

const delivered: PushResult = { outcome: 'delivered' };
const later = (retryAfterMs: number | null = null): PushResult => ({ outcome: 'retry-later', retryAfterMs });
const lanes: Lane[] = [];
afterEach(() => {
  for (const lane of lanes.splice(0)) lane.close();
});

function createLane(limits: Partial<LaneLimits> = {}) {
  const states: LaneState[] = [];
  const clock = { ms: 1_000_000 };
  const lane = new Lane({
    now: () => clock.ms,
    onState: (state) => states.push(state),
    limits: { failures: 3, pauseFirstMs: 40, pauseMaxMs: 200, ...limits },
  });
  lanes.push(lane);
  return { lane, states, clock };
}
/** A send that ends when it is told to. */
function held() {
  let end = (_: PushResult): void => undefined;
  const result = new Promise<PushResult>((resolve) => {
    end = resolve;
  });
  const calls = { count: 0 };
  const send = () => {
    calls.count += 1;
    return result;
  };
  return { end, calls, send };
}
async function fail(lane: Lane, times: number, result = later()) {
  for (let count = 0; count < times; count++) await lane.run(async () => result);
}

describe('Lane', () => {
  it('pauses after failures in a row, and only then', async () => {
    const { lane, states } = createLane();
    await fail(lane, 2);
    await lane.run(async () => delivered);
    await fail(lane, 2);
    await lane.run(async () => ({ outcome: 'gone' }));
    expect(states).toEqual([]);
    await fail(lane, 3);
    expect(states).toEqual(['open']);
    const neverSent = held();
    expect(await lane.run(neverSent.send)).toMatchObject({ outcome: 'paused' });
    expect(neverSent.calls.count).toBe(0);
  });

  it('tries one push after the pause, lets all others wait for it, and goes on when it passes', async () => {
    const { lane, states } = createLane();
    await fail(lane, 3);
    await waitFor(() => lane.state === 'half-open');
    const probe = held();
    const probing = lane.run(probe.send);
    const other = held();
    other.end(delivered);
    const waiting = lane.run(other.send);
    await waitFor(() => probe.calls.count === 1);
    expect(other.calls.count).toBe(0);
    probe.end(delivered);
    expect(await Promise.all([probing, waiting])).toEqual([delivered, delivered]);
    expect(states).toEqual(['open', 'half-open', 'closed']);
  });

  it('learns nothing from what is rejected, which may never have been sent', async () => {
    const { lane, states } = createLane();
    const reject = () => lane.run(async () => ({ outcome: 'rejected' }));
    await fail(lane, 2);
    await reject();
    expect(states).toEqual([]);
    await fail(lane, 1);
    expect(states).toEqual(['open']);
    await waitFor(() => lane.state === 'half-open');
    const probe = held();
    const probing = lane.run(probe.send);
    const next = held();
    const waiting = lane.run(next.send);
    probe.end({ outcome: 'rejected' });
    expect(await probing).toEqual({ outcome: 'rejected' });
    await waitFor(() => next.calls.count === 1);
    expect(lane.state).toBe('half-open');
    next.end(delivered);
    expect(await waiting).toEqual(delivered);
    expect(states).toEqual(['open', 'half-open', 'closed']);
  });

  it('pauses longer each time that the probe fails, up to its cap, and begins anew once one passes', async () => {
    const { lane, states } = createLane();
    await fail(lane, 3);
    const pauses: number[] = [];
    for (let count = 0; count < 6; count++) {
      await waitFor(() => lane.state === 'half-open');
      await fail(lane, 1);
      pauses.push(await pauseOf(lane));
    }
    expect(Math.max(...pauses)).toBeLessThanOrEqual(200);
    expect(Math.min(...pauses.slice(3))).toBeGreaterThanOrEqual(100);
    await waitFor(() => lane.state === 'half-open');
    await lane.run(async () => delivered);
    await fail(lane, 3);
    expect(await pauseOf(lane)).toBeLessThanOrEqual(40);
    expect(states.at(-1)).toBe('open');
  });

  it('waits for as long as the provider asks, up to its cap', async () => {
    const { lane } = createLane();
    await fail(lane, 3, later(150));
    expect(await pauseOf(lane)).toBeGreaterThanOrEqual(150);
    const far = createLane();
    await fail(far.lane, 3, later(3_600_000));
    const pause = await pauseOf(far.lane);
    expect(pause).toBeGreaterThanOrEqual(200);
    expect(pause).toBeLessThan(400);
  });

  it('is not opened again by what was sent before the pause', async () => {
    const { lane, states } = createLane({ pauseFirstMs: 60_000, pauseMaxMs: 60_000 });
    const slow = held();
    const sent = lane.run(slow.send);
    await fail(lane, 3);
    slow.end(delivered);
    expect(await sent).toEqual(delivered);
    expect(states).toEqual(['open']);
  });

  it('sends so many at once, and the next as each ends', async () => {
    const { lane } = createLane({ inFlight: 2 });
    const sends = [held(), held(), held()];
    const results = sends.map(({ send }) => lane.run(send));
    const started = () => sends.map(({ calls }) => calls.count);
    await waitFor(() => started()[1] === 1);
    expect(started()).toEqual([1, 1, 0]);
    sends[1]?.end(delivered);
    await waitFor(() => started()[2] === 1);
    for (const { end } of sends) end(delivered);
    expect(await Promise.all(results)).toEqual([delivered, delivered, delivered]);
  });

  it('sends so many a second', async () => {
    const { lane, clock } = createLane({ perSecond: 5, inFlight: 100 });
    let sent = 0;
    const send = async () => {
      sent += 1;
      return delivered;
    };
    const all = Promise.all(Array.from({ length: 6 }, () => lane.run(send)));
    await waitFor(() => sent === 5);
    expect(sent).toBe(5);
    await all;
    clock.ms += 10_000;
    await Promise.all(Array.from({ length: 5 }, () => lane.run(send)));
    expect(sent).toBe(11);
  });

  it('frees its slot when sending throws', async () => {
    const { lane } = createLane({ inFlight: 1 });
    await expect(lane.run(() => Promise.reject(new Error('Redis')))).rejects.toThrow('Redis');
    expect(await lane.run(async () => delivered)).toEqual(delivered);
  });
});

/** Ms that an open lane asks who comes to stay away. */
async function pauseOf(lane: Lane): Promise<number> {
  const result = await lane.run(async () => delivered);
  if (result.outcome !== 'paused') throw new Error(`not paused but ${result.outcome}`);
  return result.retryAfterMs;
}
