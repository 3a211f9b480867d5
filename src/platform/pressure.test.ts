import { afterEach, describe, expect, it } from 'vitest';
import { SHED_FROM, type Sheddable } from '../contract/limits.ts';
import { silent } from '../testing/store-world.ts';
import { waitFor } from '../testing/wait-for.ts';
import { chooseShed, type Pressure, type PressureOptions, type Readings, startPressure } from './pressure.ts';

const ORDER: Sheddable[] = ['footprints', 'history', 'polling', 'invites', 'digests'];
const SIGNALS = ['unfannedSeconds', 'memoryShare', 'loopDelayMs', 'commitMs'] as const;
const CALM: Readings = { unfannedSeconds: 0, memoryShare: 0, loopDelayMs: 0, commitMs: 0 };
const NOTHING: ReadonlySet<Sheddable> = new Set();

describe('what is shed', () => {
  it('is nothing while all is calm', () => {
    expect(chooseShed(CALM, NOTHING)).toEqual(NOTHING);
  });

  it.each(SIGNALS)('comes in order as %s rises, and ends in the opposite one', (signal) => {
    let before = NOTHING;
    const highest = SHED_FROM.digests[signal];
    const steps = Array.from({ length: 101 }, (_, step) => (highest * step) / 100);
    for (const value of [...steps, ...steps.reverse()]) {
      const shed = chooseShed({ ...CALM, [signal]: value }, before);
      expect([...shed]).toEqual(ORDER.slice(0, shed.size));
      before = shed;
      if (value === highest) expect(shed.size).toBe(ORDER.length);
    }
    expect(before).toEqual(NOTHING);
  });

  it.each(SIGNALS)('does not come and go with a %s that wavers', (signal) => {
    const from = SHED_FROM.history[signal];
    const shed = chooseShed({ ...CALM, [signal]: from }, NOTHING);
    expect(shed.has('history')).toBe(true);
    expect(chooseShed({ ...CALM, [signal]: from * 0.9 }, shed).has('history')).toBe(true);
    expect(chooseShed({ ...CALM, [signal]: from * 0.9 }, NOTHING).has('history')).toBe(false);
    expect(chooseShed({ ...CALM, [signal]: from * 0.79 }, shed).has('history')).toBe(false);
  });
});

describe('a running watch', () => {
  let pressure: Pressure | undefined;
  afterEach(() => pressure?.close());

  function start(options: Partial<PressureOptions> = {}): Pressure {
    pressure = startPressure({
      readUnfanned: async () => 0,
      readMemory: async () => ({ usedBytes: 60, maxBytes: 0 }),
      log: silent,
      sampleMs: 20,
      ...options,
    });
    return pressure;
  }

  it('reads the age of the backlog and the memory, which without a limit is never short', async () => {
    let unfanned = 16;
    const watch = start({ readUnfanned: async () => unfanned });
    await waitFor(() => watch.sheds('history'));
    expect(watch.sheds('polling')).toBe(false);
    expect(watch.readings).toMatchObject({ unfannedSeconds: 16, memoryShare: 0 });
    unfanned = 0;
    await waitFor(() => !watch.sheds('footprints'));
    watch.close();
    const full = start({ readMemory: async () => ({ usedBytes: 56, maxBytes: 100 }) });
    await waitFor(() => full.sheds('footprints'));
    expect(full.sheds('history')).toBe(false);
  });

  it('reads how long commits take, until there are none', async () => {
    const watch = start();
    await waitFor(() => {
      watch.observeCommit(600);
      watch.observeCommit(800);
      return watch.sheds('history');
    });
    expect(watch.readings.commitMs).toBe(700);
    await waitFor(() => !watch.sheds('footprints'));
  });

  it('notices that this process itself is late', async () => {
    const watch = start({ sampleMs: 1 });
    for (let block = 0; block < 20 && !watch.sheds('history'); block++) {
      const until = performance.now() + 2 * SHED_FROM.history.loopDelayMs;
      while (performance.now() < until);
      await new Promise(setImmediate);
    }
    expect(watch.sheds('history')).toBe(true);
    await waitFor(() => !watch.sheds('footprints'));
  });

  it('keeps what a Redis said that does not answer any more, and after a while takes it for no pressure', async () => {
    let isAway = false;
    let reads = 0;
    const readUnfanned = () => {
      reads += 1;
      return isAway ? Promise.reject(new Error('Command timed out')) : Promise.resolve(99);
    };
    const readMemory = async () => ({ usedBytes: 56, maxBytes: 100 });
    const watch = start({ readUnfanned, readMemory });
    await waitFor(() => watch.sheds('digests'));
    isAway = true;
    const until = reads + 5;
    await waitFor(() => reads >= until);
    expect(watch.readings).toMatchObject({ unfannedSeconds: 99, memoryShare: 0.56 });
    expect(watch.sheds('digests')).toBe(true);
    watch.close();
    isAway = false;
    const brief = start({ readUnfanned, readMemory, keepMs: 100 });
    await waitFor(() => brief.sheds('digests'));
    isAway = true;
    await waitFor(() => !brief.sheds('footprints'));
    expect(brief.readings).toMatchObject({ unfannedSeconds: 0, memoryShare: 0 });
  });

  it('is behind by what passes with waiting, which a full Redis does not', async () => {
    let [unfanned, usedBytes] = [0, 72];
    const watch = start({ readUnfanned: async () => unfanned, readMemory: async () => ({ usedBytes, maxBytes: 100 }) });
    await waitFor(() => watch.sheds('digests'));
    expect(watch.isBehind()).toBe(false);
    unfanned = SHED_FROM.digests.unfannedSeconds;
    await waitFor(() => watch.isBehind());
    [unfanned, usedBytes] = [SHED_FROM.digests.unfannedSeconds - 1, 0];
    await waitFor(() => watch.readings.memoryShare === 0);
    expect(watch.isBehind()).toBe(true);
    unfanned = 0;
    await waitFor(() => !watch.isBehind());
    await waitFor(() => {
      watch.observeCommit(SHED_FROM.digests.commitMs);
      return watch.isBehind();
    });
  });
});
