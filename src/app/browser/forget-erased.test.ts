import { expect, it } from 'vitest';
import type { OutboxEntry } from '../phone/outbox-entry.ts';
import { forgetErased } from './forget-erased.ts';

const entry = (id: string, person: string) => ({ id, person }) as OutboxEntry;

/** As much of the document and of the store as is looked at. */
async function forget(person: string | undefined): Promise<string[]> {
  const kept = new Map(['mum', 'ken', 'mum'].map((owner, index) => [`${index}`, entry(`${index}`, owner)]));
  const doc = { getElementById: () => ({ dataset: { person } }) } as unknown as Document;
  await forgetErased(doc, async () => ({
    list: async () => [...kept.values()],
    change: async (id, decide) => decide(entry(id, '')) === null && kept.delete(id),
  }));
  return [...kept.values()].map(({ person: owner }) => owner);
}

it('forgets what the erased person left, and nothing of anybody else', async () => {
  expect(await forget('mum')).toEqual(['ken']);
});

it('forgets nothing where nobody was erased', async () => {
  expect(await forget(undefined)).toEqual(['mum', 'ken', 'mum']);
});
