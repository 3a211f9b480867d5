import { describe, expect, it } from 'vitest';
import { findMessage } from '../../i18n/translate.ts';
import { makeEntry, type OutboxEntry } from '../browser/outbox-entry.ts';
import type { Words } from '../say.ts';
import { ANSWER_TAG, answerAlert, retellAnswers } from './answer-alert.ts';

const NOW = Date.parse('2026-03-11T05:46:18.000Z');
const words: Words = { locale: 'en', timeZone: 'Asia/Tokyo', now: NOW, find: (key) => findMessage('en', key) ?? key };

function createPhone(person: string | null, becomes: Partial<OutboxEntry> = { state: 'sent' }) {
  const kept = new Map<string, OutboxEntry>();
  const shown: { title: string; body: string | undefined }[] = [];
  const show = async (title: string, { body, tag }: NotificationOptions) => {
    expect(tag).toBe(ANSWER_TAG);
    shown.push({ title, body });
  };
  const store = {
    list: async () => [...kept.values()],
    put: async (entry: OutboxEntry) => void kept.set(entry.id, entry),
    person: async () => person,
  };
  const send = async () => {
    for (const [id, entry] of kept) if (entry.state === 'waiting') kept.set(id, { ...entry, ...becomes });
  };
  return { kept, shown, parts: { store, send, show, words, isSentWhenClosed: true, now: () => NOW } };
}

describe('answerAlert', () => {
  it('is on the phone before it is sent, goes to all circles, and says both', async () => {
    const { kept, shown, parts } = createPhone('me');
    expect(await answerAlert('ok', parts)).toBe(true);
    expect([...kept.values()]).toMatchObject([{ person: 'me', status: { condition: 'ok' }, savedAt: NOW, state: 'sent' }]);
    expect([...kept.values()][0]?.status).toEqual({ condition: 'ok' });
    expect(shown).toEqual([
      { title: 'OK', body: 'Saved on this phone 14:46. Sending…' },
      { title: 'OK', body: 'Sent 14:46' },
    ]);
  });

  it.each([
    [{}, /not sent yet/],
    [{ state: 'sign-in' as const }, /Sign in/],
    [{ state: 'refused' as const, code: 'no-circle' }, /^Not sent\. Nobody would see it/],
  ])('tells what became of it: %j', async (becomes, text) => {
    const { shown, parts } = createPhone('me', becomes);
    await answerAlert('help', parts);
    expect(shown.at(-1)).toMatchObject({ title: 'Needs help', body: expect.stringMatching(text) });
  });

  it('says that the app must be open where the browser sends nothing for a closed one', async () => {
    const { shown, parts } = createPhone('me', {});
    await answerAlert('help', { ...parts, isSentWhenClosed: false });
    expect(shown.at(-1)?.body).toBe(
      'Saved on this phone 14:46, not sent yet. Keep Buji open, or open it again: then it is sent.',
    );
  });

  it('takes a second tap at once for the same answer, and another one for a new answer', async () => {
    const { kept, parts } = createPhone('me');
    await answerAlert('ok', parts);
    await answerAlert('ok', parts);
    expect(kept.size).toBe(1);
    await answerAlert('help', parts);
    expect(kept.size).toBe(2);
  });

  it('does nothing where nobody is known on the phone', async () => {
    const { kept, shown, parts } = createPhone(null);
    expect(await answerAlert('ok', parts)).toBe(false);
    expect([kept.size, shown.length]).toEqual([0, 0]);
  });
});

describe('retellAnswers', () => {
  function told(entry: string, body: string) {
    return {
      body,
      data: { entry },
      isClosed: false,
      close() {
        this.isClosed = true;
      },
    };
  }

  it('says that what waited was sent, once, and closes what was taken back', async () => {
    const { kept, shown, parts } = createPhone('me');
    kept.set('sent', { ...makeEntry('sent', 'me', { condition: 'ok' }, NOW), state: 'sent' });
    kept.set('back', { ...makeEntry('back', 'me', { condition: 'ok' }, NOW), state: 'retracting' });
    const [gone, back] = [told('gone', 'x'), told('back', 'x')];
    await retellAnswers([told('sent', 'Saved on this phone 14:46. Sending…'), gone, back], parts);
    expect(shown).toEqual([{ title: 'OK', body: 'Sent 14:46' }]);
    expect([gone.isClosed, back.isClosed]).toEqual([true, true]);
    await retellAnswers([told('sent', 'Sent 14:46')], parts);
    expect(shown).toHaveLength(1);
  });
});
