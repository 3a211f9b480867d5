import { describe, expect, it } from 'vitest';
import { findMessage } from '../../i18n/translate.ts';
import { makeOutboxOnMap } from '../../testing/outbox-on-map.ts';
import { afterAnswer, findSameTap, makeEntry, type OutboxEntry } from '../phone/outbox-entry.ts';
import type { Words } from '../say.ts';
import { ANSWER_TAG, answerAlert, retellAnswers, undoAnswer } from './answer-alert.ts';

const NOW = Date.parse('2026-03-11T05:46:18.000Z');
const words: Words = { locale: 'en', timeZone: 'Asia/Tokyo', now: NOW, find: (key) => findMessage('en', key) ?? key };

function createPhone(person: string | null, becomes: Partial<OutboxEntry> = { state: 'sent' }) {
  const shown: { title: string; body: string | undefined }[] = [];
  const offered: string[][] = [];
  const show = async (title: string, { body, tag, ...more }: NotificationOptions) => {
    expect(tag).toBe(ANSWER_TAG);
    shown.push({ title, body });
    const { actions = [] } = more as { actions?: { action: string; title: string }[] };
    offered.push(actions.map((action) => `${action.action}: ${action.title}`));
  };
  const outbox = makeOutboxOnMap();
  const { kept } = outbox;
  const store = {
    ...outbox,
    save: async (tap: OutboxEntry) => {
      const standing = findSameTap([...kept.values()], tap) ?? tap;
      kept.set(standing.id, standing);
      return standing;
    },
    person: async () => person,
  };
  const send = async () => {
    for (const [id, entry] of kept) if (entry.state === 'waiting') kept.set(id, { ...entry, ...becomes });
  };
  return { kept, shown, offered, parts: { store, send, show, words, isSentWhenClosed: true, now: () => NOW } };
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

describe('taking an answer back from its notification', () => {
  it('is offered as soon as the answer is on the phone, and not where there is nothing to take back', async () => {
    const { offered, parts } = createPhone('me');
    await answerAlert('help', parts);
    expect(offered).toEqual([['undo: Take it back'], ['undo: Take it back']]);
    const refusing = createPhone('me', { state: 'refused' });
    await answerAlert('help', refusing.parts);
    expect(refusing.offered.at(-1)).toEqual([]);
  });

  it.each<[string, Partial<OutboxEntry>]>([
    ['what was sent, which the service then hears of', { state: 'sent' }],
    ['what was never tried, without a trace', {}],
  ])('takes back %s', async (_, becomes) => {
    const { kept, shown, offered, parts } = createPhone('me', becomes);
    await answerAlert('help', parts);
    const [id = ''] = kept.keys();
    const send = async () => {
      expect(kept.get(id)?.state).toBe('retracting');
      kept.delete(id);
    };
    expect(await undoAnswer(id, { ...parts, send })).toBe(true);
    expect(kept.size).toBe(0);
    expect(shown.at(-1)).toEqual({ title: 'Buji', body: 'Taken back. It is gone for everybody.' });
    expect(offered.at(-1)).toEqual([]);
  });

  it('says so before the service has heard of it: the tap has closed the notification', async () => {
    const { kept, shown, parts } = createPhone('me');
    await answerAlert('help', parts);
    const [id = ''] = kept.keys();
    const before: unknown[] = [];
    const send = async () => {
      before.push(shown.at(-1));
      kept.delete(id);
    };
    expect(await undoAnswer(id, { ...parts, send })).toBe(true);
    expect(before).toEqual([{ title: 'Needs help', body: expect.stringMatching(/^Taken back on this phone\./) }]);
    expect(shown.at(-1)?.body).toBe('Taken back. It is gone for everybody.');
  });

  it('says that the service has not heard of it yet', async () => {
    const { kept, shown, parts } = createPhone('me');
    await answerAlert('help', parts);
    const [id = ''] = kept.keys();
    expect(await undoAnswer(id, parts)).toBe(true);
    expect(kept.get(id)?.state).toBe('retracting');
    expect(shown.at(-1)).toMatchObject({ title: 'Needs help', body: expect.stringMatching(/^Taken back on this phone\./) });
  });

  it('says that the others may still see it where the service does not know any more who asks', async () => {
    const { kept, shown, parts } = createPhone('me');
    await answerAlert('help', parts);
    const [id = ''] = kept.keys();
    const send = () => parts.store.change(id, (entry) => afterAnswer(entry, { status: 401, code: 'not-signed-in' }, NOW, 0));
    expect(await undoAnswer(id, { ...parts, send })).toBe(true);
    expect(shown.at(-1)?.body).toMatch(/^Taken back on this phone only: the others may still see it\. Sign in/);
  });

  it.each(['nobody', 'somebody else'])('leaves it to the page while %s is signed in here', async (who) => {
    const { kept, parts } = createPhone('me');
    await answerAlert('help', parts);
    const [id = ''] = kept.keys();
    const store = { ...parts.store, person: async () => (who === 'nobody' ? null : 'another') };
    expect(await undoAnswer(id, { ...parts, store })).toBe(false);
    expect(kept.get(id)?.state).toBe('sent');
    expect(await undoAnswer('unknown', parts)).toBe(false);
  });
});

describe('retellAnswers', () => {
  function told(entry: string, body: string, isTakenBack = false) {
    return {
      body,
      data: { entry, person: 'me', isTakenBack },
      isClosed: false,
      close() {
        this.isClosed = true;
      },
    };
  }

  it('says that what waited was sent, once, what was taken back on a page, and nothing of what is gone', async () => {
    const { kept, shown, parts } = createPhone('me');
    kept.set('sent', { ...makeEntry('sent', 'me', { condition: 'ok' }, NOW), state: 'sent' });
    kept.set('back', { ...makeEntry('back', 'me', { condition: 'ok' }, NOW), state: 'retracting' });
    const [gone, back] = [told('gone', 'x'), told('back', 'x')];
    await retellAnswers([told('sent', 'Saved on this phone 14:46. Sending…'), gone, back], parts);
    expect(shown).toEqual([
      { title: 'OK', body: 'Sent 14:46' },
      { title: 'OK', body: expect.stringMatching(/^Taken back on this phone/) },
    ]);
    expect([gone.isClosed, back.isClosed]).toEqual([true, false]);
    await retellAnswers([told('sent', 'Sent 14:46')], parts);
    expect(shown).toHaveLength(2);
  });

  it('closes what was taken back on a page, or to let a call for help stand, as soon as that is gone', async () => {
    const { kept, shown, parts } = createPhone('me');
    kept.set('ok', { ...makeEntry('ok', 'me', { condition: 'ok' }, NOW), state: 'retracting' });
    const data: unknown[] = [];
    const show = async (title: string, options: NotificationOptions) => {
      data.push(options.data);
      await parts.show(title, options);
    };
    await retellAnswers([told('ok', 'Sent 14:46')], { ...parts, show });
    expect(data).toMatchObject([{ entry: 'ok', person: 'me', isTakenBack: false }]);
    kept.delete('ok');
    const gone = told('ok', shown.at(-1)?.body ?? '');
    await retellAnswers([gone], parts);
    expect(gone.isClosed).toBe(true);
    expect(shown).toHaveLength(1);
  });

  it('tells nobody what became of an answer of somebody else’s', async () => {
    const { kept, shown, parts } = createPhone('another');
    kept.set('sent', { ...makeEntry('sent', 'me', { condition: 'help' }, NOW), state: 'sent' });
    const left = [told('sent', 'Saved on this phone 14:46. Sending…'), told('back', 'Taken back on this phone.', true)];
    await retellAnswers(left, parts);
    expect(left.map(({ isClosed }) => isClosed)).toEqual([true, true]);
    expect(shown).toEqual([]);
  });

  it('says that what was taken back on the notification is gone for everybody, whoever has told the service, and leaves that to be read', async () => {
    const { shown, parts } = createPhone('me');
    const back = told('back', 'Taken back on this phone. The service does not know yet.', true);
    await retellAnswers([back], parts);
    expect(shown).toEqual([{ title: 'Buji', body: 'Taken back. It is gone for everybody.' }]);
    const known = told('back', 'Taken back. It is gone for everybody.', true);
    await retellAnswers([known], parts);
    expect(shown).toHaveLength(1);
    expect([back.isClosed, known.isClosed]).toEqual([false, false]);
  });
});
