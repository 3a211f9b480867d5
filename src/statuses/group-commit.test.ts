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
