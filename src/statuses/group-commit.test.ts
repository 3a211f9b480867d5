import { describe, expect, it } from 'vitest';
import { CommitQueueFullError, GroupCommit } from './group-commit.ts';

/** A commit that a test finishes by hand: what it was given, and how it ends. */
function createStorage() {
  const groups: { items: number[]; store(): void; fail(error: Error): void }[] = [];
  let isBusy = false;
  const commit = (items: number[]) =>
    new Promise<string[]>((resolve, reject) => {
      expect(isBusy).toBe(false);
      isBusy = true;
      const end = (finish: () => void) => () => {
        isBusy = false;
        finish();
      };
      groups.push({
        items,
        store: end(() => resolve(items.map((item) => `stored ${item}`))),
        fail: (error) => end(() => reject(error))(),
      });
    });
  return { groups, commit };
}

const turn = () => new Promise(setImmediate);

describe('GroupCommit', () => {
  it('commits at once when idle, with all that came in the same turn', async () => {
    const { groups, commit } = createStorage();
    const committer = new GroupCommit({ commit, maxItems: 9, maxWaiting: 99 });
    const answers = [committer.add(1), committer.add(2)];
    await turn();
    expect(groups.map(({ items }) => items)).toEqual([[1, 2]]);
    groups[0]?.store();
    expect(await Promise.all(answers)).toEqual(['stored 1', 'stored 2']);
    void committer.add(3);
    await turn();
    expect(groups[1]?.items).toEqual([3]);
  });

  it('gathers what arrives during a commit into the next ones, in order and never two at once', async () => {
    const { groups, commit } = createStorage();
    const committer = new GroupCommit({ commit, maxItems: 2, maxWaiting: 99 });
    const answers = [committer.add(1)];
    await turn();
    for (const item of [2, 3, 4]) answers.push(committer.add(item));
    for (const index of [0, 1, 2]) {
      await turn();
      expect(groups).toHaveLength(index + 1);
      groups[index]?.store();
    }
    expect(await Promise.all(answers)).toEqual(['stored 1', 'stored 2', 'stored 3', 'stored 4']);
    expect(groups.map(({ items }) => items)).toEqual([[1], [2, 3], [4]]);
  });

  it('answers those of a group before the next one is stored', async () => {
    const { groups, commit } = createStorage();
    const committer = new GroupCommit({ commit, maxItems: 1, maxWaiting: 99 });
    const first = committer.add(1);
    void committer.add(2);
    await turn();
    groups[0]?.store();
    expect(await first).toBe('stored 1');
  });

  it('fails those of one group and nobody else', async () => {
    const { groups, commit } = createStorage();
    const committer = new GroupCommit({ commit, maxItems: 2, maxWaiting: 99 });
    const outcomes = Promise.allSettled([committer.add(1), committer.add(2), committer.add(3)]);
    await turn();
    groups[0]?.fail(new Error('Redis is away'));
    await turn();
    groups[1]?.store();
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
  });

  it('goes on after a commit that throws before it begins', async () => {
    let isBroken = true;
    const commit = (items: number[]): Promise<string[]> => {
      if (isBroken) throw new Error('broken');
      return Promise.resolve(items.map(String));
    };
    const committer = new GroupCommit({ commit, maxItems: 9, maxWaiting: 99 });
    await expect(committer.add(1)).rejects.toThrow('broken');
    isBroken = false;
    expect(await committer.add(2)).toBe('2');
  });

  it('refuses at once what is too much, and takes more when there is room again', async () => {
    const { groups, commit } = createStorage();
    const committer = new GroupCommit({ commit, maxItems: 1, maxWaiting: 2 });
    const first = committer.add(1);
    await turn();
    const waiting = [committer.add(2), committer.add(3)];
    await expect(committer.add(4)).rejects.toBeInstanceOf(CommitQueueFullError);
    groups[0]?.store();
    await first;
    await turn();
    waiting.push(committer.add(5));
    for (const index of [1, 2, 3]) {
      groups[index]?.store();
      await turn();
    }
    expect(await Promise.all(waiting)).toEqual(['stored 2', 'stored 3', 'stored 5']);
  });
});

describe('GroupCommit that gathers', () => {
  /** A commit takes as long as `tookMs` says; a wait ends when the test says, or is called off. */
  function createGathering({ tookMs }: { tookMs: number }) {
    const storage = createStorage();
    let clock = 0;
    const waits: { ms: number; end(): void }[] = [];
    const committer = new GroupCommit({
      commit: (items: number[]) => {
        clock += tookMs;
        return storage.commit(items);
      },
      maxItems: 99,
      maxWaiting: 99,
      gather: { maxMs: 5, enough: 4 },
      now: () => clock,
      wait: (ms, signal) =>
        new Promise<void>((resolve) => {
          waits.push({ ms, end: resolve });
          signal.addEventListener('abort', () => resolve());
        }),
    });
    const itemsOf = () => storage.groups.map(({ items }) => items);
    return { ...storage, committer, waits, itemsOf };
  }

  async function commitFirst(gathering: ReturnType<typeof createGathering>, meanwhile: number[]): Promise<void> {
    void gathering.committer.add(1);
    await turn();
    for (const item of meanwhile) void gathering.committer.add(item);
    gathering.groups[0]?.store();
    await turn();
  }

  it('lets more join after a slow commit, for so long and not longer', async () => {
    const gathering = createGathering({ tookMs: 5 });
    await commitFirst(gathering, [2, 3]);
    expect(gathering.waits.map(({ ms }) => ms)).toEqual([5]);
    void gathering.committer.add(4);
    expect(gathering.itemsOf()).toEqual([[1]]);
    gathering.waits[0]?.end();
    await turn();
    expect(gathering.itemsOf()).toEqual([[1], [2, 3, 4]]);
  });

  it('goes on as soon as enough wait', async () => {
    const gathering = createGathering({ tookMs: 5 });
    await commitFirst(gathering, [2, 3]);
    for (const item of [4, 5]) void gathering.committer.add(item);
    await turn();
    expect(gathering.itemsOf()).toEqual([[1], [2, 3, 4, 5]]);
  });

  it.each([
    ['commits are fast', 4.9, [2, 3]],
    ['one waits alone', 50, [2]],
    ['enough wait already', 50, [2, 3, 4, 5]],
  ])('waits for nobody while %s', async (_, tookMs, meanwhile) => {
    const gathering = createGathering({ tookMs });
    await commitFirst(gathering, meanwhile);
    expect(gathering.waits).toEqual([]);
    expect(gathering.itemsOf()).toEqual([[1], meanwhile]);
  });

  it('is idle afterwards: the next one goes at once', async () => {
    const gathering = createGathering({ tookMs: 50 });
    await commitFirst(gathering, []);
    void gathering.committer.add(2);
    await turn();
    expect(gathering.itemsOf()).toEqual([[1], [2]]);
    expect(gathering.waits).toEqual([]);
  });
});
