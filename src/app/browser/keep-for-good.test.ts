import { describe, expect, it } from 'vitest';
import { keepForGood, keepForGoodOnce } from './keep-for-good.ts';

/** A browser's store, as far as it is asked: whether it is kept, what the person answers, and how often they were asked. */
function makeStorage({ isKept = false, answer = false } = {}) {
  const state = { isKept, questions: 0 };
  const storage = {
    persisted: async () => state.isKept,
    persist: async () => {
      state.questions += 1;
      state.isKept = answer;
      return answer;
    },
  } as StorageManager;
  return { state, storage };
}

/** A browser's notes. */
function makeNotes(): Storage {
  const notes = new Map<string, string>();
  return {
    getItem: (key: string) => notes.get(key) ?? null,
    setItem: (key: string, value: string) => void notes.set(key, value),
  } as Storage;
}

describe('keepForGood', () => {
  it('asks nobody whose browser keeps it already', async () => {
    const { state, storage } = makeStorage({ answer: true });
    await keepForGood(storage);
    await keepForGood(storage);
    expect(state.questions).toBe(1);
  });

  it('is harmless in browsers that know of no such thing, or refuse', async () => {
    await keepForGood({} as StorageManager);
    const refuse = async () => Promise.reject(new TypeError('not here'));
    await keepForGood({ persisted: refuse, persist: refuse } as unknown as StorageManager);
  });
});

describe('keepForGoodOnce', () => {
  it('does not ask again at the next page who said no', async () => {
    const { state, storage } = makeStorage();
    const notes = makeNotes();
    for (const _ of ['a page', 'the next']) await keepForGoodOnce(storage, notes);
    expect(state.questions).toBe(1);
    await keepForGood(storage);
    expect(state.questions).toBe(2);
  });
});
